import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ApiError } from "@/api";
import type { BillingAddress } from "@/api/billing";
import { api } from "@/app/services";
import { useAct } from "@/features/settings/parts";
import { useLanguage, useT } from "@/i18n";
import { Field, Input, Select } from "@/ui/Field";
import { WriteDialog } from "../clients/WriteDialog";
import { keys } from "../data";
import { usePortal } from "../scope";
import {
  type AddressDraft,
  type AddressField,
  addressOf,
  draftOf,
  fields,
  isChanged,
  limits,
  problemsOf,
} from "./address";
import { countriesIn } from "./countries";

type Refused = Partial<Record<AddressField, string>>;

type AddressDialogProps = { address: BillingAddress | null; onClose: () => void };

/** Where bills go; what is wrong with a line stands below it. */
export function AddressDialog({ address, onClose }: AddressDialogProps) {
  const t = useT();
  const queries = useQueryClient();
  const { providerId, badge, name } = usePortal();
  const form = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState(() => draftOf(address));
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Refused>({});
  const act = useAct();
  const changed = isChanged(draft, address);
  const problems = problemsOf(draft);

  const errorOf = (field: AddressField) => {
    const problem = tried ? problems[field] : undefined;
    return problem ? t(`providerBilling.problem.${problem}`, { count: limits[field] }) : refused[field];
  };

  function set(part: Partial<AddressDraft>) {
    setDraft({ ...draft, ...part });
    setRefused({});
  }

  const toFirstWrong = () => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();

  async function write() {
    try {
      const saved = await api.billing.setAddress(providerId, addressOf(draft, address));
      queries.setQueryData(keys.address(providerId), saved);
    } catch (error) {
      const found = refusedOf(error);
      flushSync(() => setRefused(found));
      toFirstWrong();
      throw error;
    }
  }

  async function save() {
    flushSync(() => setTried(true));
    if (Object.keys(problems).length > 0) {
      toFirstWrong();
      return;
    }
    if (await act.run(write, t("providerBilling.saved", { name }))) {
      onClose();
    }
  }

  return (
    <WriteDialog
      scope={badge}
      title={t("providerBilling.address")}
      action={t("common.save")}
      busy={act.busy}
      error={Object.keys(refused).length > 0 ? undefined : act.error}
      ready={changed}
      changed={changed}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <div ref={form} className="flex flex-col gap-4">
        <AddressFields draft={draft} errorOf={errorOf} onChange={set} />
      </div>
    </WriteDialog>
  );
}

/** What the server says about single lines. */
function refusedOf(error: unknown): Refused {
  const said = error instanceof ApiError ? error.fields : {};
  return Object.fromEntries(fields.flatMap((field) => (said[field]?.[0] ? [[field, said[field][0]]] : [])));
}

type AddressFieldsProps = {
  draft: AddressDraft;
  errorOf: (field: AddressField) => string | undefined;
  onChange: (part: Partial<AddressDraft>) => void;
};

function AddressFields({ draft, errorOf, onChange }: AddressFieldsProps) {
  const t = useT();
  const language = useLanguage();
  const line = (field: AddressField, autoComplete: string, className = "") => (
    <Field
      label={t(`providerBilling.field.${field}`)}
      error={errorOf(field)}
      required={field === "postalCode"}
      className={className}
      {...(field === "taxId" && { hint: t("providerBilling.taxIdHint") })}
    >
      <Input
        autoFocus={field === "line1"}
        autoComplete={autoComplete}
        maxLength={limits[field]}
        value={draft[field]}
        onChange={(event) => onChange({ [field]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      {line("line1", "address-line1")}
      {line("line2", "address-line2")}
      <div className="grid gap-4 sm:grid-cols-[minmax(7rem,1fr)_2fr] sm:gap-3">
        {line("postalCode", "postal-code")}
        {line("city", "address-level2")}
      </div>
      {line("state", "address-level1")}
      <Field label={t("providerBilling.field.country")} error={errorOf("country")} required>
        <Select
          autoComplete="country"
          value={draft.country}
          onChange={(event) => onChange({ country: event.target.value })}
        >
          <option value="">{t("providerBilling.chooseCountry")}</option>
          {countriesIn(language, draft.country).map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {line("taxId", "off")}
    </>
  );
}
