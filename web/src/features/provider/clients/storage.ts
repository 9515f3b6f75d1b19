const gigabyte = 2 ** 30;
const most = 2 ** 20;

/** As somebody would type it: without more digits than it needs. */
export const gigabytes = (bytes: number): string => String(Math.round((bytes / gigabyte) * 1000) / 1000);

/** Bytes; with a comma or a point. null for what is no size. */
export function inGigabytes(text: string): number | null {
  const tidy = text.trim().replace(",", ".");
  if (!/^\d+(\.\d{1,3})?$/.test(tidy) || Number(tidy) > most) {
    return null;
  }
  return Math.round(Number(tidy) * gigabyte);
}
