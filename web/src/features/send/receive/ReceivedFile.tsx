import { Download, Paperclip } from "lucide-react";
import { useRef, useState } from "react";
import { isOver } from "@/api/sendAccess";
import { explain } from "@/app/errors";
import { api, crypto } from "@/app/services";
import { CryptoError } from "@/crypto/error";
import type { ReceivedSend } from "@/crypto/model/sends";
import { saveAs } from "@/features/vault/attachments/saveAs";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Progress } from "@/ui/States";
import { Failed } from "./ReceivePage";
import { mayRepeat, type Step } from "./steps";

type ReceivedFileProps = {
  file: NonNullable<ReceivedSend["file"]>;
  opened: Extract<Step, { kind: "open" }>;
  accessId: string;
  linkKey: string;
  onGo: (step: Step) => void;
};

type State =
  | { readonly kind: "waiting" }
  | { readonly kind: "receiving"; readonly done: number; readonly total: number }
  | { readonly kind: "decrypting" }
  | { readonly kind: "saved"; readonly blob: Blob };

/** A file is never shown here: it is checked, decrypted and handed to the browser's downloads. */
export function ReceivedFile(props: ReceivedFileProps) {
  const { file } = props;
  const t = useT();
  const format = useFormat();
  const { state, error, fetch, stop } = useDownload(props);
  return (
    <section aria-label={t("receive.download")} className="flex flex-col gap-3">
      <div className="flex items-center gap-3 rounded-lg border border-line px-3 py-2.5">
        <Paperclip className="size-4 shrink-0 text-muted" aria-hidden />
        <span className="min-w-0 flex-1 wrap-anywhere">{file.name}</span>
        <span className="text-sm whitespace-nowrap text-muted">{format.size(file.size)}</span>
      </div>
      <Failed error={error} title={t("receive.downloadFailed")} />
      {state.kind === "waiting" ? (
        <>
          <Button
            look="primary"
            autoFocus
            icon={<Download className="size-4" />}
            onClick={() => void fetch()}
          >
            {t("receive.download")}
          </Button>
          <p className="text-sm text-muted">{t("receive.downloadCounts")}</p>
        </>
      ) : state.kind === "saved" ? (
        <>
          <p role="status">{t("receive.saved")}</p>
          <Button
            autoFocus
            icon={<Download className="size-4" />}
            onClick={() => saveAs(state.blob, file.name)}
          >
            {t("receive.again")}
          </Button>
        </>
      ) : (
        <Receiving state={state} size={file.size} onStop={stop} />
      )}
    </section>
  );
}

type ReceivingProps = {
  state: Extract<State, { kind: "receiving" | "decrypting" }>;
  size: number;
  onStop: () => void;
};

function Receiving({ state, size, onStop }: ReceivingProps) {
  const t = useT();
  const format = useFormat();
  const receiving = state.kind === "receiving" ? state : null;
  const total = receiving?.total || size;
  return (
    <>
      <Progress label={t("receive.receiving")} value={receiving?.done ?? total} max={total || 1} />
      <div className="flex items-center justify-between gap-3">
        <span role="status" className="text-sm text-muted">
          {receiving
            ? t("receive.downloading", { done: format.size(receiving.done), total: format.size(total) })
            : t("receive.decrypting")}
        </span>
        <Button autoFocus size="sm" onClick={onStop} disabled={!receiving}>
          {t("receive.cancel")}
        </Button>
      </div>
    </>
  );
}

function useDownload({ file, opened, accessId, linkKey, onGo }: ReceivedFileProps) {
  const t = useT();
  const [state, setState] = useState<State>({ kind: "waiting" });
  const [error, setError] = useState<string>();
  const controller = useRef<AbortController | null>(null);

  /** The right to open it lasts minutes: after a wait it is asked for once more where that takes nobody. */
  async function address(): Promise<string | null> {
    const access = await api.sendAccess();
    try {
      return await access.fileAddress(opened.token, file.id);
    } catch (caught) {
      if (!isOver(caught)) {
        throw caught;
      }
      if (!mayRepeat(opened.proof)) {
        onGo({ kind: "start", again: true });
        return null;
      }
      const again = await access.ask(accessId, opened.proof);
      if (again.kind === "granted") {
        return access.fileAddress(again.token, file.id);
      }
      onGo({ kind: "gone" });
      return null;
    }
  }

  async function receive(signal: AbortSignal): Promise<void> {
    const url = await address();
    if (url === null) {
      return;
    }
    const access = await api.sendAccess();
    const sealed = await access.download(url, {
      signal,
      onProgress: (done, total) => setState({ kind: "receiving", done, total }),
    });
    setState({ kind: "decrypting" });
    const blob = await crypto.receiveSendFile(sealed, linkKey);
    saveAs(blob, file.name);
    setState({ kind: "saved", blob });
  }

  async function fetch(): Promise<void> {
    const stopper = new AbortController();
    controller.current = stopper;
    setError(undefined);
    setState({ kind: "receiving", done: 0, total: 0 });
    try {
      await receive(stopper.signal);
    } catch (caught) {
      setState({ kind: "waiting" });
      if (stopper.signal.aborted) {
        return;
      }
      if (isOver(caught)) {
        onGo({ kind: "gone" });
      } else {
        setError(caught instanceof CryptoError ? t("receive.damagedText") : explain(caught, t));
      }
    }
  }

  return { state, error, fetch, stop: () => controller.current?.abort() };
}
