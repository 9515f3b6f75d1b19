import type { EncryptedSend, SendRecord } from "@/crypto/model/sends";
import { type FakeServer, refusal } from "./server";

const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });

/** The Sends of a server in memory, as its account sees them. */
export class FakeSends {
  readonly bodies = new Map<string, Blob>();
  readonly #server: FakeServer;
  /** A sentence to refuse files with when they arrive. */
  refuseFiles: string | null = null;
  #count = 0;

  constructor(server: FakeServer) {
    this.#server = server;
    server.routes.unshift(
      ["POST /api/sends", ({ body }) => json(this.#create(body as EncryptedSend))],
      [
        "POST /api/sends/file/v2",
        ({ body }) => json({ sendResponse: this.#create(body as EncryptedSend & { fileLength: number }) }),
      ],
      ["GET /api/sends/*", (_, id) => this.#answer(id)],
      [
        "PUT /api/sends/*/remove-auth",
        (_, id) => this.#change(id, { authType: 2, password: null, emails: null }),
      ],
      ["PUT /api/sends/*", ({ body }, id) => this.#update(id, body as EncryptedSend)],
      ["DELETE /api/sends/*", (_, id) => this.#remove(id)],
    );
  }

  #create(send: EncryptedSend & { readonly fileLength?: number }): SendRecord {
    this.#count += 1;
    const { fileLength, password, file, ...rest } = send;
    const record: SendRecord = {
      ...rest,
      id: `send${this.#count}`,
      accessId: `access${this.#count}`,
      accessCount: 0,
      password: password === null ? null : "set",
      file: file && { id: `file${this.#count}`, fileName: file.fileName, size: String(fileLength) },
      revisionDate: this.#server.date(),
    };
    this.#server.sends.set(record.id, record);
    return record;
  }

  #answer(id = ""): Response {
    const record = this.#server.sends.get(id);
    return record ? json(record) : refusal(404, "Resource not found.");
  }

  #change(id = "", part: Partial<SendRecord>): Response {
    const record = this.#server.sends.get(id);
    if (record) this.#server.sends.set(id, { ...record, ...part, revisionDate: this.#server.date() });
    return this.#answer(id);
  }

  /** A password that is there stays, whatever the request says. */
  #update(id = "", { password, file: _, ...rest }: EncryptedSend): Response {
    const kept = this.#server.sends.get(id)?.authType === 1 && rest.authType === 1;
    return this.#change(id, { ...rest, ...(!kept && { password: password === null ? null : "set" }) });
  }

  #remove(id = ""): Response {
    return this.#server.sends.delete(id) ? new Response(null) : refusal(404, "Resource not found.");
  }

  async send(path: string, form: FormData): Promise<Response> {
    const [, , file = ""] = /sends\/([^/]+)\/file\/([^/]+)$/.exec(path) ?? [];
    const body = form.get("data");
    if (this.refuseFiles) return refusal(400, this.refuseFiles);
    if (!(body instanceof Blob)) return refusal(400, "There is no file.");
    this.bodies.set(file, body);
    return new Response(null);
  }
}
