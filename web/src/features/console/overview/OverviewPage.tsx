import { useQueryClient } from "@tanstack/react-query";
import { explain } from "@/app/errors";
import { useT } from "@/i18n";
import { Button } from "@/ui/Button";
import { ErrorState, Skeleton } from "@/ui/States";
import { keys, useMembers } from "../data";
import { PageHead } from "../frame/PageHead";
import { useConsole } from "../scope";
import { Figures } from "./Figures";
import { Jobs } from "./Jobs";
import { NeedsMe } from "./NeedsMe";
import { overviewOf } from "./standing";

/** What needs me first, the commonest jobs, and how the organization stands. */
export function OverviewPage() {
  const t = useT();
  const { name, rights } = useConsole();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-8">
      <PageHead title={t("console.overview.title")} />
      <div className="flex max-w-5xl flex-col gap-6 px-4 sm:px-6">
        {rights.can("readMembers") ? <People name={name} /> : null}
        <Jobs />
      </div>
    </div>
  );
}

function People({ name }: { name: string }) {
  const t = useT();
  const { organizationId } = useConsole();
  const queries = useQueryClient();
  const members = useMembers();
  if (members.isError && !members.data) {
    return (
      <ErrorState
        title={t("client.peopleFailed", { name })}
        action={
          <Button onClick={() => void queries.invalidateQueries({ queryKey: keys.members(organizationId) })}>
            {t("common.tryAgain")}
          </Button>
        }
      >
        {explain(members.error, t)}
      </ErrorState>
    );
  }
  if (members.isPending) {
    return (
      <>
        <Skeleton className="h-11 rounded-lg" />
        <Skeleton className="h-24 rounded-xl" />
      </>
    );
  }
  const overview = overviewOf(members.data, Date.now());
  return (
    <>
      <NeedsMe overview={overview} />
      <Figures overview={overview} />
    </>
  );
}
