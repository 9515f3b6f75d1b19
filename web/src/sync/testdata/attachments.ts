import type { AttachmentRequest } from "@/api/attachments";
import type { EncryptedAttachment } from "@/crypto/model/encrypted";
import { type FakeServer, refusal } from "./server";

const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });

/** The files of a server in memory: announced, sent as forms, fetched by an address of their own. */
export class FakeFiles {
  readonly bodies = new Map<string, Blob>();
  readonly announced = new Map<string, EncryptedAttachment>();
  readonly #server: FakeServer;
  /** Sentences to refuse with, by what is asked. */
  readonly refuse = new Map<"announce" | "send", string>();
  #count = 0;

  constructor(server: FakeServer) {
    this.#server = server;
    server.routes.unshift(
      ["POST /api/ciphers/*/attachment/v2", ({ body }, id) => this.#announce(id, body as AttachmentRequest)],
      ["DELETE /api/ciphers/*/attachment/*", (_, id, file) => this.#remove(id, file)],
      ["DELETE /api/ciphers/*/attachment/*/admin", (_, id, file) => this.#remove(id, file)],
      ["GET /api/ciphers/*/attachment/*", (_, __, file) => this.#address(file)],
      ["GET /api/ciphers/*/attachment/*/admin", (_, __, file) => this.#address(file)],
      ["GET /api/attachments/file/*", (_, file) => new Response(this.bodies.get(file ?? ""))],
    );
  }

  list(cipher = ""): readonly EncryptedAttachment[] {
    return this.#server.ciphers.get(cipher)?.attachments ?? [];
  }

  #announce(cipher = "", request: AttachmentRequest): Response {
    const refused = this.refuse.get("announce");
    if (refused) return refusal(400, refused);
    if (request.lastKnownRevisionDate !== this.#server.ciphers.get(cipher)?.revisionDate) {
      return refusal(400, "The cipher you are updating is out of date.");
    }
    this.#count += 1;
    const attachmentId = `file${this.#count}`;
    const { key, fileName, fileSize } = request;
    const attachment = { id: attachmentId, key, fileName, size: String(fileSize) };
    this.announced.set(attachmentId, attachment);
    const record = this.#server.change(cipher, {});
    const after = { ...record, attachments: [...(record.attachments ?? []), attachment] };
    return json(
      request.adminRequest
        ? { attachmentId, cipherMiniResponse: after }
        : { attachmentId, cipherResponse: after },
    );
  }

  async send(path: string, form: FormData): Promise<Response> {
    const [, cipher = "", file = ""] = /ciphers\/([^/]+)\/attachment\/([^/]+)$/.exec(path) ?? [];
    const refused = this.refuse.get("send");
    if (refused) return refusal(400, refused);
    const attachment = this.announced.get(file);
    const body = form.get("data");
    if (!attachment || !(body instanceof Blob)) return refusal(404, "Resource not found.");
    this.bodies.set(file, body);
    this.announced.delete(file);
    const record = this.#server.ciphers.get(cipher);
    if (record) {
      this.#server.ciphers.set(cipher, {
        ...record,
        attachments: [...(record.attachments ?? []), attachment],
      });
    }
    return new Response(null);
  }

  #remove(cipher = "", file = ""): Response {
    this.announced.delete(file);
    this.bodies.delete(file);
    const attachments = this.list(cipher).filter(({ id }) => id !== file);
    return json({ cipher: this.#server.change(cipher, { attachments }) });
  }

  #address(file = ""): Response {
    return json({ id: file, url: `https://elsewhere.example.test/api/attachments/file/${file}` });
  }
}

/** As much of XMLHttpRequest as uploads use. */
export function requestsTo(files: Pick<FakeFiles, "send">) {
  return class {
    #path = "";
    #stopped = false;
    status = 0;
    responseText = "";
    onload = () => undefined;
    onabort = () => undefined;
    onerror = () => undefined;
    readonly upload = { onprogress: (_: { loaded: number; total: number }) => undefined };
    open(_: string, url: string) {
      this.#path = new URL(url).pathname;
    }
    setRequestHeader() {}
    abort() {
      this.#stopped = true;
      this.onabort();
    }
    async send(form: FormData) {
      await Promise.resolve();
      if (this.#stopped) return;
      const total = (form.get("data") as Blob).size;
      this.upload.onprogress({ loaded: total, total });
      const answer = await files.send(this.#path, form);
      if (this.#stopped) return;
      this.status = answer.status;
      this.responseText = await answer.text();
      this.onload();
    }
  };
}
