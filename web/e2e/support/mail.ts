import { createServer, type Socket, type Server as TcpServer } from "node:net";
import type { Settings } from "./server.ts";

/** A mail server that keeps what it is given: the outer edge of tests that need a letter. */
export class Mailbox {
  readonly letters: string[] = [];
  readonly #server: TcpServer;

  private constructor() {
    this.#server = createServer((socket) => this.#talk(socket));
  }

  static async start(): Promise<Mailbox> {
    const box = new Mailbox();
    await new Promise<void>((listening) => box.#server.listen(0, "127.0.0.1", listening));
    return box;
  }

  /** What a server needs to know to send its mail here. */
  get settings(): Settings {
    const address = this.#server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    return {
      "smtp-host": "127.0.0.1",
      "smtp-port": String(port),
      "smtp-security": "none",
      "smtp-from": "Kastellan <kastellan@example.test>",
    };
  }

  /** The text of the newest letter to somebody, "" while there is none. */
  letterTo(email: string): string {
    const letter = this.letters.filter((each) => each.includes(`<${email}>`)).at(-1) ?? "";
    return letter
      .slice(letter.indexOf("\n\n"))
      .replace(/=\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }

  #talk(socket: Socket): void {
    let waiting = "";
    let letter: string[] | null = null;
    const answer = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string): void => {
      if (letter && line === ".") {
        this.letters.push(letter.join("\n"));
        letter = null;
        answer("250 kept");
      } else if (letter) {
        letter.push(line);
      } else if (/^DATA/i.test(line)) {
        letter = [];
        answer("354 go on");
      } else if (/^QUIT/i.test(line)) {
        answer("221 bye");
        socket.end();
      } else {
        answer("250 ok");
      }
    };
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      const lines = (waiting + chunk.toString()).split("\r\n");
      waiting = lines.pop() ?? "";
      for (const line of lines) {
        hear(line);
      }
    });
    answer("220 mailbox.example.test");
  }

  async stop(): Promise<void> {
    await new Promise((closed) => this.#server.close(closed));
  }
}
