import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LiveMessage } from "@/sync";
import { whenSaved } from "@/ui/unsaved";
import { onMessage } from "../services";
import { concerns } from "./liveKeys";

/** The lists of the Admin Console and the Provider Portal follow what others do, unless a form stands over them. */
export function useLiveQueries(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let gathered: LiveMessage[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      const messages = gathered;
      gathered = [];
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => messages.some((message) => concerns(message, queryKey)),
      });
    };
    const stop = onMessage((message) => {
      gathered.push(message);
      // Many come at once, to many people.
      timer ??= setTimeout(
        () => {
          timer = undefined;
          whenSaved(refresh);
        },
        300 + Math.random() * 700,
      );
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [queries]);
}
