/** Days as date fields write them, 2026-05-01, in the zone of whoever looks. */
export type Range = { readonly from: string; readonly to: string };

const day = 86_400_000;
const longest = 367;

export function dayOf(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function lastDays(count: number, now = new Date()): Range {
  return { from: dayOf(new Date(now.getTime() - count * day)), to: dayOf(now) };
}

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** What the address says, with the last 30 days where it says nothing. */
export function rangeOf(
  search: { from?: string | undefined; to?: string | undefined },
  now = new Date(),
): Range {
  const usual = lastDays(30, now);
  return { from: isDay(search.from) ? search.from : usual.from, to: isDay(search.to) ? search.to : usual.to };
}

/** The first and the last moment of a range. */
export function momentsOf({ from, to }: Range): { start: string; end: string } {
  const [first, last] = from <= to ? [from, to] : [to, from];
  return {
    start: new Date(`${first}T00:00:00`).toISOString(),
    end: new Date(`${last}T23:59:59.999`).toISOString(),
  };
}

export function isTooLong(range: Range): boolean {
  const { start, end } = momentsOf(range);
  return Date.parse(end) - Date.parse(start) > longest * day;
}
