import { useState } from "react";
import { api } from "@/app/services";
import { OrganizationBadge } from "@/features/console/frame/Band";
import { useAct } from "@/features/settings/parts";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Field, Input } from "@/ui/Field";
import { usePlanSeats, useRefresh } from "../data";
import { usePortal } from "../scope";
import { changeClient } from "./change";
import type { ClientRow } from "./row";
import { SeatHints } from "./SeatHints";
import { mostWithoutAdding, refusalOf, seatsOf } from "./seats";
import { WriteDialog } from "./WriteDialog";

/** How many people a client may have: not fewer than it has, and for service users not more than is contracted. */
export function SeatsDialog({ client, onClose }: { client: ClientRow; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { providerId, admin } = usePortal();
  const refresh = useRefresh();
  const act = useAct();
  const plan = usePlanSeats().find(({ type }) => type === client.planType);
  const [text, setText] = useState(String(client.seats));
  const after = seatsOf(text);
  const refusal = refusalOf({ before: client.seats, after, occupied: client.occupied, admin, plan });
  const changed = after !== client.seats;

  async function save() {
    const saved = await act.run(
      () => changeClient(api, providerId, client.id, { assignedSeats: after }),
      t("clients.seats.saved", { name: client.name, count: after }),
    );
    if (saved) {
      await refresh();
      onClose();
    }
  }

  const most = plan ? mostWithoutAdding(plan, client.seats) : 0;
  const errors = {
    noNumber: t("clients.seats.noNumber"),
    belowUsed: t("clients.seats.belowUsed", { count: client.occupied }),
    mayNotAdd: t("clients.seats.mayNotAdd", { most: format.number(most) }),
  };
  return (
    <WriteDialog
      scope={<OrganizationBadge organizationId={client.organizationId} name={client.name} />}
      title={t("clients.seats.title")}
      action={t("clients.seats.action")}
      busy={act.busy}
      error={act.error}
      ready={refusal === null && changed}
      changed={changed}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <p className="text-muted">
        {t("clients.seats.standing", {
          plan: client.plan,
          used: format.number(client.occupied),
          seats: format.number(client.seats),
        })}
      </p>
      <Field
        label={t("provider.assigned")}
        hint={t("clients.seats.hint", { count: client.occupied })}
        error={refusal && changed ? errors[refusal] : undefined}
      >
        <Input
          autoFocus
          inputMode="numeric"
          className="!w-28"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <SeatHints plan={plan} planName={client.plan} before={client.seats} after={after} />
    </WriteDialog>
  );
}
