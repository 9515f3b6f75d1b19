import type { Handover } from "@/api/clients";
import { fileNamePart } from "@/features/console/csv";
import type { T } from "@/i18n";
import { planName } from "./row";

export type HandoverSection = { readonly title: string; readonly lines: readonly string[] };

type Words = {
  readonly t: T;
  readonly number: (value: number) => string;
  readonly dateTime: (value: string) => string;
  readonly provider: string;
};

const person = ({ name, email }: { name: string | null; email: string }) =>
  name ? `${name} <${email}>` : email;

/** What the client has and what the provider leaves, in the reader's language: for the screen and for the file. */
export function handoverSections(report: Handover, words: Words): HandoverSection[] {
  const { t, number } = words;
  const { members } = report;
  const none = t("clients.handover.none");
  const list = (lines: readonly string[]) => (lines.length > 0 ? lines : [none]);
  const counted = (["confirmed", "accepted", "invited", "revoked", "staged"] as const)
    .filter((status) => members[status] > 0)
    .map((status) => t(`clients.handover.members.${status}`, { count: members[status] }));
  return [
    { title: t("clients.handover.owners"), lines: list(report.owners.map(person)) },
    { title: t("clients.handover.people"), lines: list(counted) },
    {
      title: t("clients.handover.plan"),
      lines: [
        t("clients.handover.planLine", { plan: planName(report.plan), seats: number(report.seats ?? 0) }),
        t(report.enabled ? "clients.handover.works" : "clients.handover.suspended"),
      ],
    },
    {
      title: t("clients.handover.policies"),
      lines: list(
        report.policies.map((type) => t(`policies.name.${type as 0}`, { defaultValue: String(type) })),
      ),
    },
    { title: t("clients.handover.domains"), lines: list(report.domains) },
    {
      title: t("clients.handover.staff", { name: words.provider }),
      lines: list(
        report.staff.map(
          (one) =>
            `${person(one)} – ${t(one.type === 0 ? "clients.handover.admin" : "clients.handover.user")}`,
        ),
      ),
    },
    { title: t("clients.handover.keys"), lines: list(report.apiKeys) },
    { title: t("clients.handover.baseline"), lines: [report.baseline ?? none] },
  ];
}

/** The report as a file that everybody can read; a draft until the client has been let go. */
export function handoverText(report: Handover, words: Words, done: boolean): string {
  const head = [
    words.t("clients.handover.title", { name: report.name }),
    words.t(done ? "clients.handover.at" : "clients.handover.draft", {
      date: words.dateTime(report.at ?? new Date().toISOString()),
      provider: words.provider,
    }),
  ];
  const parts = handoverSections(report, words).map(({ title, lines }) =>
    [title, ...lines.map((line) => `  - ${line}`)].join("\r\n"),
  );
  return `\uFEFF${[head.join("\r\n"), ...parts].join("\r\n\r\n")}\r\n`;
}

export const handoverFile = ({ name }: Handover, day: string) => `hand-over-${fileNamePart(name)}-${day}.txt`;
