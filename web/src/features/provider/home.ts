import type { SectionId } from "./sections";

/** Where the portal opens. Apart from the sections, whose icons the log-in does not need. */
export const home: SectionId = "overview";
