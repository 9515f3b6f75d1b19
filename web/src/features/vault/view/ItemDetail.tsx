import { useState } from "react";
import { explain } from "@/app/errors";
import type { CipherListItem } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { EmptyState, ErrorState, Skeleton } from "@/ui/States";
import { takesFiles } from "../attachments/AttachmentsCard";
import { DropArea } from "../attachments/DropArea";
import { useFileActs } from "../attachments/useItemFiles";
import { useScope } from "../scope";
import { DetailHeader } from "./DetailHeader";
import { ItemView } from "./ItemView";
import { Reprompt } from "./Reprompt";
import { useListed } from "./useListed";
import { useOpenItem } from "./useOpenItem";

type ItemDetailProps = {
  id: string;
  onBack: (() => void) | undefined;
  onEdit: () => void;
  /** A clone was made: edit it. */
  onOpen: (id: string) => void;
  onGone: () => void;
};

export function ItemDetail(props: ItemDetailProps) {
  const t = useT();
  const listed = useListed(props.id);
  if (!listed) {
    return (
      <div className="m-auto">
        <EmptyState title={t("vault.goneTitle")}>{t("vault.goneText")}</EmptyState>
      </div>
    );
  }
  return <Details {...props} listed={listed} />;
}

function Details({ listed, ...props }: ItemDetailProps & { listed: CipherListItem }) {
  const t = useT();
  const scope = useScope();
  const opened = useOpenItem(scope.store, listed.id, listed);
  const [proven, setProven] = useState(listed.reprompt === 0);
  const { add } = useFileActs(listed.id);
  const takes = proven && opened.kind === "ready" && takesFiles(opened.item);
  return (
    <DropArea name={listed.name} onFiles={takes ? add : undefined}>
      <DetailHeader
        listed={listed}
        item={opened.kind === "ready" ? opened.item : null}
        proven={proven}
        {...props}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex max-w-2xl flex-col gap-4 px-4 py-5 sm:px-6">
          {opened.kind === "loading" ? (
            <DetailSkeleton />
          ) : opened.kind === "failed" ? (
            <ErrorState title={t("vault.openFailed")}>{explain(opened.error, t)}</ErrorState>
          ) : proven ? (
            <ItemView item={opened.item} />
          ) : (
            <Reprompt onProven={() => setProven(true)} />
          )}
        </div>
      </div>
    </DropArea>
  );
}

function DetailSkeleton() {
  return (
    <div className="rounded-xl border border-line">
      {["a", "b", "c"].map((row) => (
        <div key={row} className="flex flex-col gap-2 border-b border-line px-4 py-3 last:border-0">
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-4 w-48" />
        </div>
      ))}
    </div>
  );
}
