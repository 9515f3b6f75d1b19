import { api, crypto } from "@/app/services";
import { organizationCsv, organizationJson } from "@/crypto";
import type { KdfConfig } from "@/crypto/model/keys";
import { download, fileNamePart } from "../csv";
import type { ConsoleScope } from "../scope";

export type Format = "json" | "csv" | "protected";

export type Exported = {
  readonly items: number;
  /** Could not be opened, and are not in the file. */
  readonly broken: number;
};

type Options = {
  readonly format: Format;
  /** For the format that has one. */
  readonly password: string;
  readonly kdf: KdfConfig;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};

/** Reads and opens the organization's vault and hands it out as a file. The server's log says who did. */
export async function runExport(scope: ConsoleScope, options: Options): Promise<Exported> {
  const { organizationId, name, key } = scope;
  const { format, password, kdf, signal, onProgress } = options;
  const [answer, owner] = await Promise.all([api.administration.export(organizationId, { signal }), key()]);
  const owned = answer.ciphers.map((cipher) => ({ cipher, owner }));
  const [views, opened] = await Promise.all([
    crypto.openCiphers(owned, { signal, onProgress }),
    crypto.openCollections(answer.collections, owner),
  ]);
  const whole = views.filter(({ broken }) => broken.length === 0);
  const collections = opened.filter(({ broken }) => !broken);
  const stamp = new Date().toISOString().slice(0, 10);
  const file = `${fileNamePart(name)}-${stamp}`;
  if (format === "csv") {
    download(`${file}.csv`, organizationCsv(whole, collections));
  } else {
    const json = organizationJson(whole, collections);
    const content =
      format === "json" ? json : JSON.stringify(await crypto.sealExport(json, { password, kdf }), null, 2);
    download(`${file}${format === "json" ? "" : "-encrypted"}.json`, content, "application/json");
  }
  return { items: whole.length, broken: views.length - whole.length };
}
