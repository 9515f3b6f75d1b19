import type { SendAccessRecord } from "@/crypto/model/sends";
import { ApiError, IdentityError, member, text } from "./error";
import type { Http, RequestOptions } from "./http";
import { downloadFile, type TransferOptions } from "./transfer";

/** What shows that somebody may open a Send, besides knowing its link. */
export type SendProof =
  | { readonly kind: "none" }
  /** The hash that only who has the link and the password can make. */
  | { readonly kind: "password"; readonly hash: string }
  /** Has a code sent to the address. */
  | { readonly kind: "email"; readonly email: string }
  | { readonly kind: "code"; readonly email: string; readonly code: string };

export type SendAccess =
  | { readonly kind: "granted"; readonly token: string }
  | { readonly kind: "needsPassword" }
  | { readonly kind: "wrongPassword" }
  | { readonly kind: "needsEmail" }
  /** Sent, if the address is one that may open it; also the answer to a wrong code. */
  | { readonly kind: "needsCode" }
  /** Never was, was deleted, expired, was used up or switched off: nobody is told which. */
  | { readonly kind: "gone" };

const refusals: Readonly<Record<string, Exclude<SendAccess["kind"], "granted">>> = {
  password_hash_b64_required: "needsPassword",
  password_hash_b64_invalid: "wrongPassword",
  email_required: "needsEmail",
  email_and_otp_required: "needsCode",
  send_id_invalid: "gone",
  send_id_required: "gone",
};

function fieldsOf(proof: SendProof): Record<string, string> {
  switch (proof.kind) {
    case "none":
      return {};
    case "password":
      return { password_hash_b64: proof.hash };
    case "email":
      return { email: proof.email };
    case "code":
      return { email: proof.email, otp: proof.code };
  }
}

/** What is missing; everything else that went wrong stays an error. */
function refusalOf(error: unknown): SendAccess {
  const kind = error instanceof IdentityError ? refusals[error.send ?? ""] : undefined;
  if (!kind) throw error;
  return { kind };
}

/** Opening a Send without an account, by the access id in its link. */
export function sendAccessApi(http: Http) {
  const withToken = <Answer>(path: string, token: string, options?: RequestOptions) =>
    http.call<Answer>(path, {
      ...options,
      method: "POST",
      authenticated: false,
      headers: { Authorization: `Bearer ${token}` },
    });
  return {
    /** Asks whether one may open it; does not count as an access. */
    async ask(accessId: string, proof: SendProof): Promise<SendAccess> {
      const form = new URLSearchParams({
        ...{ client_id: "send", grant_type: "send_access", scope: "api.send.access", send_id: accessId },
        ...fieldsOf(proof),
      });
      const path = "/identity/connect/token";
      try {
        const answer = await http.call<unknown>(path, { method: "POST", form, authenticated: false });
        const token = text(member(answer, "access_token"));
        if (!token) throw new TypeError("token answer without access_token");
        return { kind: "granted", token };
      } catch (error) {
        return refusalOf(error);
      }
    },
    /** Counts as an access to a text. */
    open: (token: string) => withToken<SendAccessRecord>("/api/sends/access", token),
    /** Counts as an access to a file. */
    fileAddress: async (token: string, fileId: string): Promise<string> =>
      (await withToken<{ readonly url: string }>(`/api/sends/access/file/${fileId}`, token)).url,
    download: (url: string, options?: TransferOptions) => downloadFile(http, url, options),
  };
}

/** A token that is no longer good, or a Send that is no longer there. */
export const isOver = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 401 || error.status === 404);
