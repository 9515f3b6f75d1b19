import type { AuthRequest } from "@/api/authRequests";

/** For how long a request can be answered and its answer be used, as the server has it. */
export const lifetime = 15 * 60_000;

export type Standing = "waiting" | "approved" | "denied" | "expired";

type Dated = Pick<AuthRequest, "creationDate" | "responseDate" | "requestApproved">;

/** An answer stays what it was, however old it is. */
export function standingOf(request: Dated, now: number): Standing {
  if (request.responseDate !== null && request.requestApproved !== null) {
    return request.requestApproved ? "approved" : "denied";
  }
  return now - Date.parse(request.creationDate) >= lifetime ? "expired" : "waiting";
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const codeLength = 25;
/** Bytes from here on would make the first letters likelier than the others. */
const fair = 256 - (256 % letters.length);

/** What only the asking device knows: with it the answer is fetched. */
export function newAccessCode(): string {
  let code = "";
  while (code.length < codeLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(codeLength))) {
      if (byte < fair && code.length < codeLength) code += letters.charAt(byte % letters.length);
    }
  }
  return code;
}
