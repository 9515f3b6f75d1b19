import type { Access, Member } from "@/api";

/** What a person may do with a collection's items, from least to most. */
export const levels = ["viewHidden", "view", "editHidden", "edit", "manage"] as const;
export type Level = (typeof levels)[number];

const rights: Record<Level, Omit<Access, "id">> = {
  viewHidden: { readOnly: true, hidePasswords: true, manage: false },
  view: { readOnly: true, hidePasswords: false, manage: false },
  editHidden: { readOnly: false, hidePasswords: true, manage: false },
  edit: { readOnly: false, hidePasswords: false, manage: false },
  manage: { readOnly: false, hidePasswords: false, manage: true },
};

export function accessOf(id: string, level: Level): Access {
  return { id, ...rights[level] };
}

export function levelOf({ readOnly, hidePasswords, manage }: Omit<Access, "id">): Level {
  if (manage) {
    return "manage";
  }
  if (readOnly) {
    return hidePasswords ? "viewHidden" : "view";
  }
  return hidePasswords ? "editHidden" : "edit";
}

/** A new collection is managed by the owners: one that nobody at the client sees helps nobody. */
export function firstAccess(members: readonly Pick<Member, "id" | "type">[]): Access[] {
  return members.filter((member) => member.type === 0).map((member) => accessOf(member.id, "manage"));
}
