import {
  FolderKey,
  Gavel,
  KeySquare,
  LibraryBig,
  type LucideIcon,
  ScrollText,
  Upload,
  UserCog,
  UserMinus,
  UserPlus,
  UsersRound,
} from "lucide-react";
import { useT } from "@/i18n";
import { type PlaceSearch, SectionLink } from "../place";
import { useConsole } from "../scope";
import { memberDialogs, type SectionId, sectionsFor } from "../sections";

type Job = {
  readonly id:
    | "onboard"
    | "offboard"
    | "role"
    | "recover"
    | "groups"
    | "collections"
    | "items"
    | "policies"
    | "events"
    | "import";
  readonly icon: LucideIcon;
  readonly section: SectionId;
  readonly search?: PlaceSearch;
};

const jobs: readonly Job[] = [
  { id: "onboard", icon: UserPlus, section: "people", search: { act: "invite" } },
  { id: "offboard", icon: UserMinus, section: "people", search: { act: "offboard" } },
  { id: "role", icon: UserCog, section: "people" },
  { id: "recover", icon: KeySquare, section: "people", search: { enrolled: "yes" } },
  { id: "groups", icon: UsersRound, section: "groups" },
  { id: "collections", icon: LibraryBig, section: "collections" },
  { id: "items", icon: FolderKey, section: "items" },
  { id: "policies", icon: Gavel, section: "policies" },
  { id: "events", icon: ScrollText, section: "events" },
  { id: "import", icon: Upload, section: "import" },
];

/** Ongoing administration: the commonest jobs, one button each. */
export function Jobs() {
  const t = useT();
  const { rights, summary } = useConsole();
  const open = new Set(sectionsFor(rights, summary).map(({ id }) => id));
  const may = ({ id, section }: Job) =>
    open.has(section) &&
    (id === "recover"
      ? memberDialogs.recovery !== null && summary.useResetPassword === true && rights.can("recoverAccounts")
      : section !== "people" || rights.can("manageMembers"));
  const shown = jobs.filter(may);
  if (shown.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="jobs-title" className="rounded-xl border border-line">
      <h3 id="jobs-title" className="px-4 pt-3.5 pb-2 font-semibold">
        {t("console.overview.jobs")}
      </h3>
      <ul className="grid grid-cols-2 gap-1 p-2 max-sm:grid-cols-1">
        {shown.map(({ id, icon: Icon, section, search }) => (
          <li key={id}>
            <SectionLink
              section={section}
              {...(search && { search })}
              className="flex items-start gap-3 rounded-lg px-2.5 py-2 hover:bg-hover"
            >
              <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
              <span>
                <span className="block font-medium">{t(`console.job.${id}`)}</span>
                <span className="block text-sm text-muted">{t(`console.jobText.${id}`)}</span>
              </span>
            </SectionLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
