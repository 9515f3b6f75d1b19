import { ApiError } from "@/api/error";
import type { CipherRecord, EncryptedAttachment } from "@/crypto/model/encrypted";
import type { CipherId } from "@/crypto/model/ids";
import { sealedSize } from "@/crypto/primitives/encFile";
import { sealEdit } from "./edit";
import type { FileOptions, ItemFiles, ItemFilesDependencies } from "./files";

const gone = () => new ApiError(404, "This file does not exist any more.");

export function createItemFiles(deps: ItemFilesDependencies): ItemFiles {
  const { api, crypto, items, admin } = deps;
  /** One announcement after the other: each needs the revision of the item that the one before made. */
  const turns = new Map<CipherId, Promise<unknown>>();

  function inTurn<T>(id: CipherId, act: () => Promise<T>): Promise<T> {
    const before = turns.get(id) ?? Promise.resolve();
    const after = before.then(act, act);
    turns.set(id, after);
    return after;
  }

  /** Does nothing when the vault was locked, or the item went, while a file was on its way. */
  const merge = (id: CipherId, part: (record: CipherRecord) => Partial<CipherRecord>) =>
    deps.wrote(items.change(id, part));

  function find(id: CipherId, attachmentId: string): [CipherRecord, EncryptedAttachment] {
    const record = items.record(id);
    const attachment = record.attachments?.find((each) => each.id === attachmentId);
    if (!attachment) throw gone();
    return [record, attachment];
  }

  /** The server refuses what is too large or has no room before anything is encrypted or sent. */
  async function announce(id: CipherId, name: string, size: number) {
    const record = items.record(id);
    const owner = await deps.owner(record);
    const { key, fileName } = await crypto.createAttachment(record, owner, name);
    const answer = await api.attachments.announce(id, {
      ...{ key, fileName, fileSize: sealedSize(size), adminRequest: admin },
      lastKnownRevisionDate: record.revisionDate,
    });
    const { attachmentId } = answer;
    const after = answer.cipherResponse ?? answer.cipherMiniResponse;
    const added = after?.attachments?.find((each) => each.id === attachmentId);
    // The file itself is shown once it is there; the new revision is needed by the next edit.
    if (after) await merge(id, () => ({ revisionDate: after.revisionDate }));
    const attachment = added ?? { id: attachmentId, key, fileName, size: String(sealedSize(size)) };
    return { record, owner, key, fileName, attachment };
  }

  async function send(id: CipherId, name: string, file: Blob, options: FileOptions): Promise<void> {
    const { signal, onStep, onProgress } = options;
    signal?.throwIfAborted();
    onStep?.("encrypting");
    const { record, owner, key, fileName, attachment } = await inTurn(id, () =>
      announce(id, name, file.size),
    );
    try {
      signal?.throwIfAborted();
      const sealed = await crypto.sealAttachment(record, owner, key, file);
      signal?.throwIfAborted();
      onStep?.("sending");
      await api.attachments.upload(id, attachment.id, sealed, fileName, { signal, onProgress });
    } catch (error) {
      // Room and revision are given back; what stays behind after all, the server clears away.
      await inTurn(id, () => discard(id, attachment.id)).catch(() => undefined);
      throw error;
    }
    await merge(id, ({ attachments }) => ({
      attachments: [...(attachments ?? []).filter((each) => each.id !== attachment.id), attachment],
    }));
  }

  async function discard(id: CipherId, attachmentId: string): Promise<void> {
    const answer = await api.attachments.remove(id, attachmentId, admin);
    const revisionDate = answer?.cipher?.revisionDate;
    await merge(id, ({ attachments }) => ({
      attachments: (attachments ?? []).filter((each) => each.id !== attachmentId),
      ...(revisionDate && { revisionDate }),
    }));
  }

  async function read(id: CipherId, attachmentId: string, options: FileOptions = {}): Promise<Blob> {
    const [record, attachment] = find(id, attachmentId);
    const { signal, onStep, onProgress } = options;
    onStep?.("receiving");
    const { url } = await api.attachments.address(id, attachmentId, admin, { signal });
    const sealed = await api.attachments.download(url, { signal, onProgress });
    signal?.throwIfAborted();
    onStep?.("decrypting");
    return crypto.openAttachment(record, await deps.owner(record), attachment, sealed);
  }

  async function rename(id: CipherId, attachmentId: string, name: string): Promise<void> {
    const [record, attachment] = find(id, attachmentId);
    const owner = await deps.owner(record);
    const fileName = await crypto.sealAttachmentName(record, owner, name);
    const sealed = await sealEdit(crypto, record, owner, await crypto.openCipher(record, owner), deps.now());
    const attachments2 = {
      ...sealed.attachments2,
      [attachmentId]: { fileName, key: attachment.key ?? null },
    };
    const write = admin ? api.adminCiphers.update : api.ciphers.update;
    await deps.wrote(items.merge([await write(id, { ...sealed, attachments2 })]));
  }

  async function upgrade(id: CipherId, attachmentId: string, options: FileOptions = {}): Promise<void> {
    const [record, attachment] = find(id, attachmentId);
    const { attachments } = await crypto.openCipher(record, await deps.owner(record));
    const name = attachments.find((each) => each.id === attachmentId)?.fileName || attachment.id;
    await send(id, name, await read(id, attachmentId, options), options);
    await inTurn(id, () => discard(id, attachmentId));
  }

  return {
    add: (id, file, options = {}) => send(id, file.name, file, options),
    read,
    rename: (id, attachmentId, name) => inTurn(id, () => rename(id, attachmentId, name)),
    remove: (id, attachmentId) => inTurn(id, () => discard(id, attachmentId)),
    upgrade,
  };
}
