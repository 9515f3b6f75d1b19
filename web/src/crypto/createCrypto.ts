import type { Endpoint } from "./endpoint";
import { CryptoError } from "./error";
import type { CipherRecord } from "./model/encrypted";
import { poolEndpoint, type WorkerLike } from "./pool";
import type { BatchOptions, CryptoProxy, Rotated, Rotation } from "./proxy";
import { sendsOver } from "./sendProxy";

const batchSize = 250;

/** A list needs neither notes nor fields nor history; not sending them keeps the page responsive. */
function forList(cipher: CipherRecord): CipherRecord {
  return { ...cipher, notes: null, fields: null, passwordHistory: null };
}

async function inBatches<In, Out>(
  endpoint: Endpoint,
  ciphers: readonly In[],
  options: BatchOptions,
  run: (batch: readonly In[]) => Promise<readonly Out[]>,
): Promise<Out[]> {
  const results: Out[][] = [];
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (next * batchSize < ciphers.length) {
      if (options.signal?.aborted) throw new CryptoError("aborted", "The decryption was stopped.");
      const index = next++;
      const batch = ciphers.slice(index * batchSize, (index + 1) * batchSize);
      results[index] = [...(await run(batch))];
      done += batch.length;
      options.onProgress?.(done, ciphers.length);
    }
  };
  // Two per worker, so that none of them waits for the page between batches.
  await Promise.all(Array.from({ length: endpoint.width * 2 }, lane));
  return results.flat();
}

async function rotateUserKey(endpoint: Endpoint, input: Rotation, options: BatchOptions): Promise<Rotated> {
  const { run } = endpoint;
  const { userKey, password, keys } = input;
  const created = await run("createUserKey", password, keys, input.recovery);
  const ciphers = await inBatches(endpoint, input.ciphers, options, (batch) =>
    run("rekeyCiphers", batch, userKey, created.userKey),
  );
  const folders = await run("rekeyFolders", input.folders, userKey, created.userKey);
  const sends = await run("rewrapSends", input.sends, userKey, created.userKey);
  return { ...created, ciphers, folders, sends };
}

/** The proxy over any endpoint; `createCrypto` is what the app calls. */
export function cryptoOver(endpoint: Endpoint): CryptoProxy {
  const { run } = endpoint;
  return {
    registerAccount: (input) => run("registerAccount", input),
    startLogin: (input) => run("startLogin", input),
    unlockWithMasterKey: (masterKey, keys) => run("unlockWithMasterKey", masterKey, keys),
    unlockWithPassword: (password, keys) => run("unlockWithPassword", password, keys),
    askDevice: (email) => run("askDevice", email),
    unlockWithApproval: (key, keys) => run("unlockWithApproval", key, keys),
    passwordHash: (input) => run("passwordHash", input),
    rewrapUserKey: (input) => run("rewrapUserKey", input),
    rotateUserKey: (input, options = {}) => rotateUserKey(endpoint, input, options),
    enrolRecovery: (password, keys, publicKey) => run("enrolRecovery", password, keys, publicKey),
    recoverAccount: (input) => run("recoverAccount", input),

    openKeys: (keys) => run("openKeys", keys),
    createProviderKey: () => run("createProviderKey"),
    createClientKeys: (key, name) => run("createClientKeys", key, name),
    createOrganizationKeys: (name) => run("createOrganizationKeys", name),
    adoptOrganization: (organization, provider) => run("adoptOrganization", organization, provider),
    confirmMember: (key, publicKey) => run("confirmMember", key, publicKey),
    fingerprint: (material, publicKey) => run("fingerprint", material, publicKey),

    openCipherList: (ciphers, options = {}) =>
      inBatches(endpoint, ciphers, options, (batch) =>
        run(
          "openCipherList",
          batch.map(({ cipher, owner }) => ({ cipher: forList(cipher), owner })),
        ),
      ),
    openCiphers: (ciphers, options = {}) =>
      inBatches(endpoint, ciphers, options, (batch) => run("openCiphers", batch)),
    openCipher: (cipher, owner) => run("openCipher", cipher, owner),
    sealCipher: (draft, owner, options) => run("sealCipher", draft, owner, options),
    shareCipher: (cipher, from, to, organizationId) => run("shareCipher", cipher, from, to, organizationId),

    createAttachment: (cipher, owner, name) => run("createAttachment", cipher, owner, name),
    sealAttachment: (cipher, owner, key, file) => run("sealAttachment", cipher, owner, key, file),
    openAttachment: (cipher, owner, attachment, file) =>
      run("openAttachment", cipher, owner, attachment, file),
    sealAttachmentName: (cipher, owner, name) => run("sealAttachmentName", cipher, owner, name),

    openFolders: (folders, key) => run("openFolders", folders, key),
    openCollections: (collections, key) => run("openCollections", collections, key),
    sealName: (name, owner) => run("sealName", name, owner),

    sealExport: (json, input) => run("sealExport", json, input),
    openExport: (file, password) => run("openExport", file, password),
    sealExportMarker: (owner) => run("sealExportMarker", owner),

    ...sendsOver(endpoint),

    lock: () => endpoint.lock(),
  };
}

/** Call once: the proxy of the app, over a pool of workers. */
export function createCrypto(): CryptoProxy {
  const spawn = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }) as WorkerLike;
  const size = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1));
  return cryptoOver(poolEndpoint(spawn, size));
}
