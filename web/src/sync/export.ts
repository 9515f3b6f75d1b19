import { CryptoError } from "@/crypto/error";
import { csv } from "@/crypto/export/csv";
import { plainJson } from "@/crypto/export/plain";
import { restrictedJson } from "@/crypto/export/restricted";
import type { KdfConfig } from "@/crypto/model/keys";
import type { CryptoProxy } from "@/crypto/proxy";
import type { Session } from "@/session";
import type { Vault } from "./vault";

export type ExportFormat =
  | { readonly kind: "json" }
  | { readonly kind: "csv" }
  /** For this account only. */
  | { readonly kind: "accountRestricted" }
  | { readonly kind: "passwordProtected"; readonly password: string };

export interface ExportFile {
  readonly name: string;
  readonly mediaType: "application/json" | "text/csv";
  readonly content: string;
}

/** 2026-05-01T10:20:30.000Z → 20260501102030 */
const stamp = (now: number) => new Date(now).toISOString().replace(/[-:T]/g, "").slice(0, 14);

/** Writes the own vault into a file. Items of organizations and of the trash are never in it. */
export function createExport(crypto: CryptoProxy, session: Session, vault: Vault, now: () => number) {
  const own = () =>
    vault.openAll(({ organizationId, deletedDate }) => organizationId === null && deletedDate === null);
  const folders = () => vault.getSnapshot().folders.filter(({ broken }) => !broken);

  function unlocked() {
    const state = session.getSnapshot();
    if (state.status !== "unlocked") throw new CryptoError("locked", "The vault is locked.");
    return state;
  }

  async function sealed(password: string, kdf: KdfConfig): Promise<string> {
    const file = await crypto.sealExport(plainJson(await own(), folders()), { password, kdf });
    return JSON.stringify(file, null, 2);
  }

  async function restricted(): Promise<string> {
    const marker = await crypto.sealExportMarker(unlocked().userKey);
    return restrictedJson(vault.records(), vault.folderRecords(), marker);
  }

  return async (format: ExportFormat): Promise<ExportFile> => {
    const time = stamp(now());
    const plain = `bitwarden_export_${time}`;
    const encrypted = `bitwarden_encrypted_export_${time}.json`;
    const mediaType = "application/json";
    switch (format.kind) {
      case "json":
        return { name: `${plain}.json`, mediaType, content: plainJson(await own(), folders()) };
      case "csv":
        return { name: `${plain}.csv`, mediaType: "text/csv", content: csv(await own(), folders()) };
      case "accountRestricted":
        return { name: encrypted, mediaType, content: await restricted() };
      case "passwordProtected": {
        const content = await sealed(format.password, unlocked().keys.kdf);
        return { name: encrypted, mediaType, content };
      }
    }
  };
}
