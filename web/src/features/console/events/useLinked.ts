import { useCallback } from "react";
import { useConsole } from "../scope";
import { type SectionId, sectionsFor } from "../sections";
import type { Subject } from "./words";

const sectionOf: Record<Subject["kind"], SectionId> = {
  item: "items",
  collection: "items",
  group: "groups",
  member: "people",
  policy: "policies",
  domain: "settings",
};

/** Only what the person may open is a link. */
export function useLinked(): (subject: Subject) => boolean {
  const { rights, summary } = useConsole();
  return useCallback(
    ({ kind }) => sectionsFor(rights, summary).some(({ id }) => id === sectionOf[kind]),
    [rights, summary],
  );
}
