import { api, crypto } from "@/app/services";
import { CryptoError } from "@/crypto";
import type { EncryptedCipher } from "@/crypto/model/encrypted";
import type { ImportedFile } from "@/features/settings/parts";
import type { ConsoleScope } from "../scope";
import type { Plan } from "./plan";

const batch = 25;

type Options = { readonly signal: AbortSignal; readonly onProgress: (sealed: number) => void };

/** Encrypts every item on this machine, which can be stopped, and hands them over at once: all or nothing. */
export async function runImport(
  { organizationId, key }: ConsoleScope,
  file: ImportedFile,
  plan: Plan,
  { signal, onProgress }: Options,
): Promise<void> {
  const handle = await key();
  const ciphers: EncryptedCipher[] = [];
  for (let at = 0; at < file.items.length; at += batch) {
    if (signal.aborted) {
      throw new CryptoError("aborted", "The import was stopped.");
    }
    const some = file.items.slice(at, at + batch);
    ciphers.push(
      ...(await Promise.all(
        some.map(({ draft }) =>
          crypto.sealCipher({ ...draft, organizationId, favorite: false, folderId: null }, handle),
        ),
      )),
    );
    onProgress(ciphers.length);
  }
  const collections = await Promise.all(
    plan.collections.map(async ({ id, name }) => ({
      ...{ id, groups: [], users: [] },
      name: await crypto.sealName(name, handle),
    })),
  );
  const request = { ciphers, collections, collectionRelationships: plan.relations };
  await api.administration.import(organizationId, request, { signal });
}
