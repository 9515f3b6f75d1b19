import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Laptop, Smartphone, SquareTerminal } from "lucide-react";
import { Suspense, useState } from "react";
import type { Device } from "@/api";
import { RequestsSection } from "@/app/deviceArea";
import { explain, handleError } from "@/app/errors";
import { api, session } from "@/app/services";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { ErrorState, SkeletonRows } from "@/ui/States";
import { toast } from "@/ui/Toast";
import { Group, SettingsForm } from "./Group";
import { useAct } from "./useAct";

export function DevicesSection() {
  const t = useT();
  const devices = useQuery({ queryKey: ["devices"], queryFn: ({ signal }) => api.devices.list({ signal }) });
  const sorted = [...(devices.data ?? [])].sort((a, b) => lastSeen(b).localeCompare(lastSeen(a)));
  return (
    <>
      <Group title={t("settings.section.devices")} text={t("settings.devicesText")}>
        {devices.isPending ? (
          <SkeletonRows count={3} />
        ) : devices.isError ? (
          <ErrorState title={t("settings.devicesFailed")}>{explain(devices.error, t)}</ErrorState>
        ) : (
          <ul className="divide-y divide-line rounded-xl border border-line">
            {sorted.map((device) => (
              <DeviceRow key={device.id} device={device} />
            ))}
          </ul>
        )}
      </Group>
      <Suspense>
        <RequestsSection />
      </Suspense>
      <EverySession />
    </>
  );
}

function lastSeen(device: Device): string {
  return device.lastActivityDate ?? device.creationDate;
}

/** The wire's numbers of device types: phones, command lines, and everything else. */
function iconOf(type: number) {
  if ([0, 1, 15, 16].includes(type)) {
    return Smartphone;
  }
  return [21, 22, 23, 24, 25].includes(type) ? SquareTerminal : Laptop;
}

function DeviceRow({ device }: { device: Device }) {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const Icon = iconOf(device.type);
  async function remove() {
    try {
      await api.devices.remove(device.id);
      await queries.invalidateQueries({ queryKey: ["devices"] });
      toast({ title: t("settings.deviceRemoved", { name: device.name }) });
    } catch (error) {
      handleError(error, t("settings.deviceNotRemoved"));
    }
  }
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <Icon className="size-5 text-muted" aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{device.name}</div>
        <div className="truncate text-sm text-muted">
          {t("settings.lastSeen", { when: format.ago(lastSeen(device)) })}
        </div>
      </div>
      <Button size="sm" look="ghost" onClick={() => void remove()}>
        {t("common.remove")}
      </Button>
    </li>
  );
}

function EverySession() {
  const t = useT();
  const [password, setPassword] = useState("");
  const act = useAct();
  async function end() {
    const ended = await act.run(async () =>
      api.accounts.rotateSecurityStamp({ masterPasswordHash: await session.passwordHash(password) }),
    );
    if (ended) {
      await session.logout("stampChanged");
    }
  }
  return (
    <Group title={t("settings.everySession")} text={t("settings.everySessionText")}>
      <SettingsForm
        action={t("settings.everySessionAction")}
        look="danger"
        busy={act.busy}
        error={act.error}
        ready={password !== ""}
        onSubmit={() => void end()}
      >
        <Field label={t("auth.masterPassword")}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      </SettingsForm>
    </Group>
  );
}
