import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { ApproveDialog } from "./ApproveDialog";
import { type Request, useRequests } from "./useRequests";

/** Says that a device asks, without taking the keyboard from whoever is typing. */
export function DeviceNotice() {
  const t = useT();
  const { requests = [] } = useRequests();
  const [put, setPut] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<Request>();
  const next = requests.find(({ id, standing }) => standing === "waiting" && !put.has(id));
  const putAside = (id: string) => setPut(new Set([...put, id]));

  return (
    <>
      {next && !shown ? (
        <div
          role="alert"
          className="fixed z-40 flex flex-col gap-3 rounded-xl border border-line bg-raised p-4 shadow-pop max-sm:inset-x-2 max-sm:bottom-18 sm:right-4 sm:bottom-4 sm:w-96"
        >
          <div className="flex items-start gap-3">
            <MonitorSmartphone aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-text" />
            <div className="min-w-0">
              <p className="font-semibold">{t("device.noticeTitle")}</p>
              <p className="mt-0.5 break-words text-muted">
                {t("device.noticeText", {
                  device: next.requestDeviceType,
                  address: next.requestIpAddress ?? t("device.addressUnknown"),
                })}
              </p>
            </div>
          </div>
          <div className="flex justify-end gap-2">
            <Button size="sm" look="ghost" onClick={() => putAside(next.id)}>
              {t("device.later")}
            </Button>
            <Button size="sm" look="primary" onClick={() => setShown(next)}>
              {t("device.look")}
            </Button>
          </div>
        </div>
      ) : null}
      {shown ? (
        <ApproveDialog
          request={requests.find(({ id }) => id === shown.id) ?? { ...shown, standing: "expired" }}
          onClose={() => {
            putAside(shown.id);
            setShown(undefined);
          }}
        />
      ) : null}
    </>
  );
}
