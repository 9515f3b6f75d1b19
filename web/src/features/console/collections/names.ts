import { parentNameOf } from "../items/tree";

/** A collection's name in two parts: the collection above it, and its own. */
export function partsOf(name: string, names: readonly string[]): { above: string; own: string } {
  const above = parentNameOf(name, new Set(names.filter((other) => other !== name))) ?? "";
  return { above, own: above ? name.slice(above.length + 1) : name };
}

export const joined = (above: string, own: string): string => (above ? `${above}/${own}` : own);

/** Collections whose name begins with this one's: it cannot be nested under any of them. */
export const isBelow = (name: string, other: string): boolean => name.startsWith(`${other}/`);
