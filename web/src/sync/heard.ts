import { member } from "@/api/error";
import type { OrgId } from "@/crypto/model/ids";
import type { Session } from "@/session";
import type { LiveMessage } from "./live";
import type { Vault } from "./vault";

/** What a message is about. */
export const kinds = {
  itemChanged: [0, 1],
  itemGone: [2, 9],
  folderChanged: [7, 8],
  folderGone: [3],
  logOut: [11],
  sendChanged: [12, 13],
  sendGone: [14],
  everything: [4, 5, 6, 10, 17, 18, 19, 25],
} as const;

export type Kind = keyof typeof kinds;

export function kindOf(type: number): Kind | null {
  const found = Object.entries(kinds).find(([, types]) => (types as readonly number[]).includes(type));
  return found ? (found[0] as Kind) : null;
}

/** "mine": this tab did it and has seen the answer; "here": another tab of this browser did. */
export type Origin = "mine" | "here" | "elsewhere";

/** Whether the items of an organization may be others by then. */
export function touches(message: LiveMessage, organizationId: OrgId): boolean {
  const kind = kindOf(message.type);
  const about = textOf(message, "OrganizationId");
  if (kind === "everything") return about === null || about === organizationId;
  return (kind === "itemChanged" || kind === "itemGone") && about === organizationId;
}

export interface HeardDependencies {
  readonly vault: Pick<
    Vault,
    | "check"
    | "sync"
    | "getSnapshot"
    | "refreshItem"
    | "forgetItem"
    | "refreshFolder"
    | "forgetFolder"
    | "refreshSend"
    | "removeSend"
  >;
  readonly session: Pick<Session, "logout">;
  readonly random?: () => number;
}

/** More than this at a time is fetched as a whole. */
const singly = 20;
const gatherFor = 100;
const ownWriteSettles = 1500;
const ownWriteChecked = 20_000;

const textOf = (message: LiveMessage, name: string): string | null => {
  const value = member(message.payload, name);
  return typeof value === "string" ? value : null;
};

function dateOf(message: LiveMessage, name: string): number {
  const value = member(message.payload, name);
  return value instanceof Date ? value.getTime() : Date.parse(String(value));
}

/** Brings the vault up to what messages tell. */
export class Heard {
  readonly #deps: HeardDependencies;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #items = new Set<string>();
  readonly #told = new Map<string, LiveMessage>();

  constructor(deps: HeardDependencies) {
    this.#deps = deps;
  }

  /** With the end of the session. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#items.clear();
    this.#told.clear();
  }

  take(message: LiveMessage, origin: Origin): void {
    const kind = kindOf(message.type);
    if (!kind) return;
    if (kind === "logOut") this.#loggedOut(message, origin);
    else if (kind === "everything") this.#changed(origin);
    else this.#one(kind, message, origin);
  }

  /** Once for all that ask for it until then. */
  #after(name: string, milliseconds: number, act: () => unknown): void {
    if (this.#timers.has(name)) return;
    const run = () => {
      this.#timers.delete(name);
      // Whoever fails says so in the vault's status, or is asked again by the next poll.
      Promise.resolve(act()).catch(() => undefined);
    };
    this.#timers.set(name, setTimeout(run, milliseconds));
  }

  /** Hundreds of people hear of a change to their organization at once, and must not all ask at once. */
  #changed(origin: Origin): void {
    const { vault, random = Math.random } = this.#deps;
    if (origin === "mine") this.#after("check", ownWriteChecked, vault.check);
    else this.#after("sync", 200 + random() * 1800, vault.check);
  }

  #loggedOut(message: LiveMessage, origin: Origin): void {
    // A session that changed its own password goes on with new tokens; if it does not, the check ends it.
    if (origin === "mine") {
      this.#after("check", ownWriteChecked, this.#deps.vault.check);
      return;
    }
    const reason = member(message.payload, "Reason");
    void this.#deps.session.logout(reason === 0 || reason === 1 ? "stampChanged" : "endedElsewhere");
  }

  #one(kind: Exclude<Kind, "logOut" | "everything">, message: LiveMessage, origin: Origin): void {
    const id = textOf(message, "Id");
    if (!id) return;
    if (kind === "itemChanged") {
      this.#itemChanged(id, message, origin);
    } else if (origin !== "mine") {
      const { vault } = this.#deps;
      const acts = {
        itemGone: vault.forgetItem,
        folderChanged: vault.refreshFolder,
        folderGone: vault.forgetFolder,
        sendChanged: vault.refreshSend,
        sendGone: vault.removeSend,
      };
      this.#after(`${kind} ${id}`, 0, () => acts[kind](id));
    }
  }

  /** The answer to one's own write may still be on its way; with it, there is nothing to fetch any more. */
  #itemChanged(id: string, message: LiveMessage, origin: Origin): void {
    const wait = origin === "mine" ? ownWriteSettles : 0;
    // Of several that come meanwhile the last one counts.
    this.#told.set(id, message);
    this.#after(`item ${id}`, wait, () => {
      const last = this.#told.get(id) ?? message;
      this.#told.delete(id);
      if (this.#knows(id, dateOf(last, "RevisionDate")) || !this.#concerns(id, last)) return;
      this.#items.add(id);
      this.#after("items", gatherFor, () => this.#fetch());
    });
  }

  #knows(id: string, revision: number): boolean {
    const known = this.#deps.vault.getSnapshot().items.find((item) => item.id === id);
    return known !== undefined && Date.parse(known.revisionDate) >= Math.floor(revision);
  }

  /** An unknown item of an organization is one's own business only in a collection that one has. */
  #concerns(id: string, message: LiveMessage): boolean {
    const { items, collections } = this.#deps.vault.getSnapshot();
    const inside = member(message.payload, "CollectionIds");
    if (!textOf(message, "OrganizationId") || items.some((item) => item.id === id)) return true;
    return Array.isArray(inside) && collections.some((collection) => inside.includes(collection.id));
  }

  async #fetch(): Promise<void> {
    const ids = [...this.#items];
    this.#items.clear();
    const { vault } = this.#deps;
    if (ids.length > singly) await vault.sync();
    else await Promise.all(ids.map((id) => vault.refreshItem(id)));
  }
}
