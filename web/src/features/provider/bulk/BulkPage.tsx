import { useT } from "@/i18n";
import { type Tab, Tabs } from "@/ui/Tabs";
import { PortalHead } from "../frame/PortalHead";
import { usePortalPlace } from "../place";
import { InvitePart } from "./InvitePart";
import { SeatsPart } from "./SeatsPart";

const parts = ["people", "seats"] as const;
type Part = (typeof parts)[number];

/** What is done to many clients at once, always with a dry run first. */
export function BulkPage() {
  const t = useT();
  const { search, go } = usePortalPlace();
  const part = parts.find((one) => one === search.part) ?? "people";
  const tabs: Tab<Part>[] = parts.map((id) => ({ id, label: t(`bulkwork.part.${id}`) }));
  return (
    <>
      <PortalHead title={t("portal.section.bulk")} note={t(`bulkwork.note.${part}`)} />
      <div className="px-3 sm:px-5">
        <Tabs
          label={t("bulkwork.parts")}
          tabs={tabs}
          current={part}
          onChange={(next) => go("bulk", { part: next })}
        />
      </div>
      {part === "people" ? <InvitePart /> : <SeatsPart />}
    </>
  );
}
