import { useEffect, useState, useSyncExternalStore } from "react";
import { useT } from "@/i18n";
import { live } from "../services";

/** A moment without a socket is nothing that anybody has to know. */
const patience = 6000;

/** Since when, whatever part of the frame is shown meanwhile. */
let since: number | null = null;
live.subscribe(() => {
  since = live.getSnapshot() === "interrupted" ? (since ?? Date.now()) : null;
});

const left = () => (since === null ? patience : since + patience - Date.now());

/** Whether changes made elsewhere do not come by themselves at present. */
export function useInterrupted(): boolean {
  const status = useSyncExternalStore(live.subscribe, live.getSnapshot);
  const [late, setLate] = useState(() => left() <= 0);
  useEffect(() => {
    if (status !== "interrupted") {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), Math.max(0, left()));
    return () => clearTimeout(timer);
  }, [status]);
  return late && status === "interrupted";
}

/** A mark on the avatar, in a place that it does not take from anything. */
export function LiveDot({ interrupted }: { interrupted: boolean }) {
  const t = useT();
  return (
    <span role="status">
      {interrupted ? (
        <span
          title={t("live.interrupted")}
          className="absolute -right-0.5 -bottom-0.5 size-3 rounded-full border-2 border-surface bg-warn"
        >
          <span className="sr-only">{t("live.interrupted")}</span>
        </span>
      ) : null}
    </span>
  );
}
