import { Skeleton } from "@/ui/States";

/** Two people, or one with two screens, compare it word for word. */
export function Phrase({ phrase }: { phrase: string | undefined }) {
  return phrase ? (
    <output className="mt-1 block min-h-15 rounded-lg border border-line bg-surface px-3 py-2 font-mono text-sm break-words">
      {phrase}
    </output>
  ) : (
    <Skeleton className="mt-1 h-15" />
  );
}
