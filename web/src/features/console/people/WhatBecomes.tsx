import type { Member } from "@/api";
import { useT } from "@/i18n";
import type { Ending } from "./OffboardDialog";

type WhatBecomesProps = { member: Member; value: Ending; onChange: (value: Ending) => void };

/** Revoked can be restored and keeps no seat; removed begins anew with an invitation. */
export function WhatBecomes({ member, value, onChange }: WhatBecomesProps) {
  const t = useT();
  const endings: readonly Ending[] = member.status === -1 ? ["remove"] : ["revoke", "remove"];
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("console.offboard.ending")}</legend>
      <div className="flex flex-col gap-2.5">
        {endings.map((ending) => (
          <label key={ending} className="flex cursor-pointer gap-2.5">
            <input
              type="radio"
              name="ending"
              className="mt-0.5 size-4 shrink-0 accent-accent"
              checked={ending === value}
              onChange={() => onChange(ending)}
            />
            <span>
              <span className="block">{t(`console.offboard.${ending}`)}</span>
              <span className="block text-sm text-muted">{t(`console.offboard.${ending}Text`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
