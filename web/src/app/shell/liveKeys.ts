import { member } from "@/api/error";
import type { LiveMessage } from "@/sync";

/** Answers that lists show. Others are asked for by a form for itself, or never change. */
const lists: ReadonlySet<unknown> = new Set(["organization", "provider", "reach", "devices", "storage"]);

/** Folders, Sends, log-outs and log-ins are on no such list. */
const silent: ReadonlySet<number> = new Set([3, 7, 8, 11, 12, 13, 14, 15, 16]);

/** Whether a cached answer is old by then. What concerns one organization leaves the others alone. */
export function concerns(message: LiveMessage, key: readonly unknown[]): boolean {
  if (silent.has(message.type) || !lists.has(key[0])) return false;
  const organization = member(message.payload, "OrganizationId");
  return typeof organization !== "string" || key[0] === "provider" || key.includes(organization);
}
