import { ListChecks } from "lucide-react";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useOwnBaseline } from "./useOwnBaseline";

/** Which baseline governs, and in how many things the organization is otherwise. */
export function GovernedNotice({ onOpen }: { onOpen: () => void }) {
  const t = useT();
  const { data } = useOwnBaseline();
  if (!data?.governed) {
    return null;
  }
  const open = data.differences.filter(({ deviation }) => deviation === null).length;
  const decided = data.deviations.length;
  const values = { name: data.name ?? "", provider: data.providerName ?? "" };
  return (
    <Callout mood={open > 0 ? "warn" : "neutral"} icon={<ListChecks />} title={t("governed.title", values)}>
      {[
        open > 0 ? t("governed.differs", { count: open }) : t("governed.inLine"),
        ...(decided > 0 ? [t("governed.decided", { count: decided })] : []),
      ].join(" · ")}
      <Button size="sm" className="mt-2 flex" onClick={onOpen}>
        {t("governed.open")}
      </Button>
    </Callout>
  );
}
