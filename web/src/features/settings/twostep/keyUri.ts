/** What authenticator apps read from the QR code. The host tells servers apart, where somebody has accounts at several. */
export function keyUri(key: string, email: string, host: string): string {
  const issuer = `Kastellan (${host})`;
  const query = new URLSearchParams({ secret: key, issuer });
  // Apps show a plus where a space was written as one.
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(email)}?${query.toString().replaceAll("+", "%20")}`;
}

/** In fours, for whoever types it. */
export const inFours = (key: string): string => key.replace(/(.{4})(?=.)/g, "$1 ");
