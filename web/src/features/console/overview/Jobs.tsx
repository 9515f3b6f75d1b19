import {
  FolderKey,
  Gavel,
  KeySquare,
  LibraryBig,
  type LucideIcon,
  ScrollText,
  Send,
  Upload,
  UserCog,
  UserMinus,
  UserPlus,
  UsersRound,
} from "lucide-react";
import { useState } from "react";
import { LazySendDialog } from "@/features/send/LazySendDialog";
import { useT } from "@/i18n";
import { type PlaceSearch, SectionLink } from "../place";
import { useConsole } from "../scope";
import { memberDialogs, type SectionId, sectionsFor } from "../sections";

type JobId =
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
type Job = {
  readonly id: JobId;
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
  return (
    <section aria-labelledby="jobs-title" className="rounded-xl border border-line">
      <h3 id="jobs-title" className="px-4 pt-3.5 pb-2 font-semibold">
        {t("console.overview.jobs")}
      </h3>
      <ul className="grid grid-cols-2 gap-1 p-2 max-sm:grid-cols-1">
        {shown.map(({ id, icon: Icon, section, search }) => (
          <li key={id}>
            <SectionLink section={section} {...(search && { search })} className={jobClass}>
              <JobFace id={id} icon={Icon} />
            </SectionLink>
          </li>
        ))}
        <li>
          <SendJob />
        </li>
      </ul>
    </section>
  );
}

const jobClass = "flex w-full items-start gap-3 rounded-lg px-2.5 py-2 text-left hover:bg-hover";

function JobFace({ id, icon: Icon }: { id: JobId | "send"; icon: LucideIcon }) {
  const t = useT();
  return (
    <>
      <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
      <span>
        <span className="block font-medium">{t(`console.job.${id}`)}</span>
        <span className="block text-sm text-muted">{t(`console.jobText.${id}`)}</span>
      </span>
    </>
  );
}

/** Done right here: a Send is of one's own account, and only meant for somebody in the organization. */
function SendJob() {
  const { name } = useConsole();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={jobClass}>
        <JobFace id="send" icon={Send} />
      </button>
      {open ? <LazySendDialog client={{ name }} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
