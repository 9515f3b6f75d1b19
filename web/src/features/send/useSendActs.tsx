import { handleError } from "@/app/errors";
import { vault } from "@/app/services";
import type { SendListItem } from "@/crypto/model/sends";
import { useT } from "@/i18n";
import { toast } from "@/ui/Toast";

/** What can be done to a Send without a form. Says what happened, and whether it did. */
export function useSendActs() {
  const t = useT();

  async function run(work: () => Promise<unknown>, failed: string, done: string): Promise<boolean> {
    try {
      await work();
      toast({ title: done });
      return true;
    } catch (error) {
      handleError(error, failed);
      return false;
    }
  }

  return {
    remove: (id: SendListItem["id"]) =>
      run(async () => (await vault.sends()).remove(id), t("send.deleteFailed"), t("send.deleted")),
    removeProtection: (id: SendListItem["id"]) =>
      run(async () => (await vault.sends()).removeProtection(id), t("send.removeFailed"), t("send.removed")),
  };
}
