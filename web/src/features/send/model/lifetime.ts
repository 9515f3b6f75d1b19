/** How many hours a Send lives, from the moment it is saved. */
export const lifetimes = [1, 24, 48, 72, 168, 336, 720] as const;
export type Hours = (typeof lifetimes)[number];
/** "custom" is a day of one's own; "keep" leaves a Send the end that it has. */
export type Lifetime = Hours | "custom" | "keep";

export const usualLifetime: Hours = 168;
const hour = 3_600_000;
/** No server of this protocol keeps a Send for longer. */
export const longestHours = 31 * 24;

/** The preset as a word for a Select, and back. */
export function parseLifetime(text: string): Lifetime {
  if (text === "custom" || text === "keep") {
    return text;
  }
  return lifetimes.find((hours) => String(hours) === text) ?? usualLifetime;
}

/** What a policy leaves of the presets, and the longest of them that is no longer than the usual one. */
export function allowedLifetimes(most: number | null): readonly Hours[] {
  return lifetimes.filter((hours) => most === null || hours <= most);
}

export function firstLifetime(most: number | null): Lifetime {
  const allowed = allowedLifetimes(most).filter((hours) => hours <= usualLifetime);
  return allowed.at(-1) ?? "custom";
}

const two = (value: number) => String(value).padStart(2, "0");

/** A moment as an input for date and time holds it, in the person's own time zone. */
export function toInput(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that somebody chose, or null when there is none. */
export function fromInput(text: string): Date | null {
  const date = new Date(text);
  return text === "" || Number.isNaN(date.getTime()) ? null : date;
}

/** When the Send is deleted; null when no day was chosen. */
export function endOf(lifetime: Lifetime, custom: string, kept: string | null, now: Date): Date | null {
  if (lifetime === "keep") {
    return kept === null ? null : new Date(kept);
  }
  return lifetime === "custom" ? fromInput(custom) : new Date(now.getTime() + lifetime * hour);
}

export const afterHours = (now: Date, hours: number): Date => new Date(now.getTime() + hours * hour);
