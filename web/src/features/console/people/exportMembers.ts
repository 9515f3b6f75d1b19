import type { Member } from "@/api";
import { useT } from "@/i18n";
import { csvOf, download, fileNamePart } from "../csv";
import { useGroups } from "../data";
import { useConsole } from "../scope";

/** Saves the people that are listed as a file for spreadsheets. */
export function useMemberExport() {
  const t = useT();
  const { name } = useConsole();
  const groups = useGroups();
  return (members: readonly Member[]) => {
    const names = new Map((groups.data ?? []).map((group) => [group.id, group.name]));
    const yesNo = (yes: boolean) => t(yes ? "vault.yes" : "vault.no");
    const header = [
      t("common.email"),
      t("common.name"),
      t("client.status"),
      t("client.role"),
      t("console.people.twoStep"),
      t("console.people.recovery"),
      t("console.section.groups"),
    ];
    const rows = members.map((member) => [
      member.email,
      member.name ?? "",
      t(member.status === -1 ? "client.statuses.revoked" : `client.statuses.${member.status}`),
      t(`client.roles.${member.type}`),
      yesNo(member.twoFactorEnabled),
      yesNo(member.resetPasswordEnrolled),
      (member.groups ?? []).flatMap((id) => names.get(id) ?? []).join(", "),
    ]);
    download(`${fileNamePart(name)}-people.csv`, csvOf(header, rows));
  };
}
