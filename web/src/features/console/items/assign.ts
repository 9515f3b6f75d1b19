import type { CollectionId } from "@/crypto/model/ids";

export type AssignMode = "add" | "replace" | "remove";
export const assignModes: readonly AssignMode[] = ["add", "replace", "remove"];

/** Where an item lies afterwards. */
export function assigned(
  before: readonly CollectionId[],
  chosen: readonly CollectionId[],
  mode: AssignMode,
): readonly CollectionId[] {
  switch (mode) {
    case "add":
      return [...before, ...chosen.filter((id) => !before.includes(id))];
    case "replace":
      return chosen;
    case "remove":
      return before.filter((id) => !chosen.includes(id));
  }
}
