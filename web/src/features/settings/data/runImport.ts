import { api, crypto, vault } from "@/app/services";
import type { KeyHandle } from "@/crypto/model/keys";
import type { ImportedFile } from "./exchange";

/** Encrypts every item on this machine and hands all of them over at once: the server keeps all or none. */
export async function runImport(
  file: ImportedFile,
  key: KeyHandle,
  onProgress: (done: number) => void,
): Promise<void> {
  const folders = await Promise.all(
    file.folders.map(async (folder) => ({ name: await crypto.sealName(folder.name, key) })),
  );
  const at = new Map(file.folders.map((folder, index) => [folder.id, index]));
  const ciphers = [];
  for (const { draft } of file.items) {
    ciphers.push(await crypto.sealCipher(draft, key));
    onProgress(ciphers.length);
  }
  const folderRelationships = file.items.flatMap(({ folder }, index) => {
    const value = folder === null ? undefined : at.get(folder);
    return value === undefined ? [] : [{ key: index, value }];
  });
  await api.ciphers.import({ ciphers, folders, folderRelationships });
  await vault.sync();
}
