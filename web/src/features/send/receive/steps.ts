import type { SendAccess, SendProof } from "@/api/sendAccess";
import type { ReceivedSend } from "@/crypto/model/sends";

/** Where somebody with a link is. */
export type Step =
  /** Nothing was asked yet; `again` after a wait that was too long for the server. */
  | { readonly kind: "start"; readonly again: boolean }
  | { readonly kind: "password"; readonly wrong: boolean }
  | { readonly kind: "email" }
  | { readonly kind: "code"; readonly email: string; readonly wrong: boolean }
  | { readonly kind: "open"; readonly send: ReceivedSend; readonly token: string; readonly proof: SendProof }
  /** There is nothing, or nothing any more: the server does not tell which. */
  | { readonly kind: "gone" }
  /** The key in the link does not fit what is there. */
  | { readonly kind: "damaged" };

/** The step that a refusal leads to; null when access was granted. */
export function stepAfter(access: SendAccess, proof: SendProof): Step | null {
  switch (access.kind) {
    case "granted":
      return null;
    case "gone":
      return { kind: "gone" };
    case "needsPassword":
      return { kind: "password", wrong: false };
    case "wrongPassword":
      return { kind: "password", wrong: true };
    case "needsEmail":
      return { kind: "email" };
    case "needsCode":
      return proof.kind === "email" || proof.kind === "code"
        ? { kind: "code", email: proof.email, wrong: proof.kind === "code" }
        : { kind: "email" };
  }
}

/** Sixteen bytes in the alphabet of addresses; anything else lost a part on the way. */
export const isWhole = (accessId: string, linkKey: string): boolean =>
  /^[\w-]+$/.test(accessId) && /^[\w-]{22}={0,2}$/.test(linkKey);

/** A code of an e-mail is good once: after a wait it has to be asked for anew. */
export const mayRepeat = (proof: SendProof): boolean => proof.kind === "none" || proof.kind === "password";
