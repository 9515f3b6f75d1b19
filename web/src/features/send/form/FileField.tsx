import { Paperclip, Upload } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { cx } from "@/ui/cx";
import { largestFile, type Problems } from "../model/form";

type FileFieldProps = {
  file: File | null;
  problem: Problems["file"];
  onFile: (file: File | null) => void;
};

/** One file, chosen or dropped. */
export function FileField({ file, problem, onFile }: FileFieldProps) {
  const t = useT();
  const format = useFormat();
  const id = useId();
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) {
      onFile(dropped);
    }
  }

  return (
    <div>
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          "flex min-h-28 cursor-pointer flex-col items-center justify-center gap-1 rounded-lg border border-dashed px-4 py-5 text-center",
          "has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
          problem
            ? "border-bad"
            : over
              ? "border-accent-text bg-accent-soft"
              : "border-control hover:bg-hover",
        )}
      >
        <input
          type="file"
          className="sr-only"
          aria-label={t("send.file")}
          aria-describedby={id}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => onFile(event.target.files?.[0] ?? null)}
        />
        {file ? (
          <>
            <Paperclip className="size-5 text-muted" aria-hidden />
            <span className="font-medium wrap-anywhere">{file.name}</span>
            <span className="text-sm text-muted">
              {format.size(file.size)} ·{" "}
              <span className="text-accent-text underline-offset-3 hover:underline">
                {t("send.otherFile")}
              </span>
            </span>
          </>
        ) : (
          <>
            <Upload className="size-5 text-muted" aria-hidden />
            <span>
              {over ? (
                t("send.dropNow")
              ) : (
                <>
                  <span className="font-medium text-accent-text">{t("send.chooseFile")}</span>{" "}
                  {t("send.dropFile")}
                </>
              )}
            </span>
          </>
        )}
      </label>
      <p id={id} className={cx("mt-1.5 text-sm", problem ? "text-bad" : "text-muted")}>
        {problem ? t(`send.problem.file.${problem}`) : t("send.largest", { size: format.size(largestFile) })}
      </p>
    </div>
  );
}
