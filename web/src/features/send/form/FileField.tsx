import { Paperclip, Upload } from "lucide-react";
import { type DragEvent, useEffect, useId, useState } from "react";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { cx } from "@/ui/cx";
import { largestFile, type Problems } from "../model/form";

type FileFieldProps = {
  file: File | null;
  problem: Problems["file"];
  onFile: (file: File | null) => void;
};

/** A file dropped beside the field would replace the app by what is in it. */
function useMissedDrops() {
  useEffect(() => {
    const refuse = (event: globalThis.DragEvent) => event.preventDefault();
    window.addEventListener("dragover", refuse);
    window.addEventListener("drop", refuse);
    return () => {
      window.removeEventListener("dragover", refuse);
      window.removeEventListener("drop", refuse);
    };
  }, []);
}

/** The first file among what was dropped; a folder comes as a file that cannot be read. */
function droppedFile(transfer: DataTransfer): File | null {
  const item = [...transfer.items].find((each) => each.webkitGetAsEntry()?.isFile);
  return item?.getAsFile() ?? null;
}

/** One file, chosen or dropped. */
export function FileField({ file, problem, onFile }: FileFieldProps) {
  const t = useT();
  const format = useFormat();
  const id = useId();
  const [over, setOver] = useState(false);
  useMissedDrops();

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const dropped = droppedFile(event.dataTransfer);
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
          onChange={(event) => event.target.files?.[0] && onFile(event.target.files[0])}
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
