import { Download } from "lucide-react";
import { handleError } from "@/app/errors";
import { download, fileNamePart } from "@/features/console/csv";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { useClients } from "../data";
import { usePortal } from "../scope";
import { seatsAsCsv } from "./seatsAsCsv";

/** The seats of each client as a file, as they are at this moment. */
export function SaveSeats() {
  const t = useT();
  const { providerId, name } = usePortal();
  const clients = useClients(providerId);

  async function save() {
    const { data, error } = await clients.refetch();
    if (error || !data) {
      handleError(error, t("providerBilling.notSaved"));
      return;
    }
    const day = new Date().toISOString().slice(0, 10);
    download(`seats-${fileNamePart(name)}-${day}.csv`, seatsAsCsv(data, t));
  }

  return (
    <Button
      icon={<Download className="size-4" />}
      disabled={clients.data?.length === 0}
      onClick={() => void save()}
    >
      {t("providerBilling.saveSeats")}
    </Button>
  );
}
