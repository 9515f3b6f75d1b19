import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export type Settings = Readonly<Record<string, string>>;

/** The built server with a data directory of its own. */
export class Server {
  readonly dir: string;
  readonly settings: Settings;
  /** The web app over plain HTTP. */
  url = "";
  /** Only an empty database has one. */
  setUpLink = "";
  #process: ChildProcess | undefined;
  #log = "";

  private constructor(dir: string, settings: Settings) {
    this.dir = dir;
    this.settings = settings;
  }

  static async start(settings: Settings = {}): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), "kastellan-e2e.")), settings);
    await server.#run("localhost:0", "localhost:0");
    return server;
  }

  /** Stops answering, and keeps the data. */
  async pause(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running && running.exitCode === null) {
      const ended = once(running, "exit");
      running.kill("SIGTERM");
      await ended;
    }
  }

  /** Answers again, at the same addresses. */
  async resume(): Promise<void> {
    const [plain, tls] = this.#addresses();
    await this.#run(plain, tls);
  }

  async stop(): Promise<void> {
    await this.pause();
    await rm(this.dir, { recursive: true, force: true });
  }

  /** Runs another command of the binary with the settings of this server; gives what it prints. */
  async command(...words: string[]): Promise<string> {
    const [plain, tls] = this.#addresses();
    const child = spawn(binary, [...words, ...this.#flags(plain, tls)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    let trouble = "";
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      trouble += chunk.toString();
    });
    const [code] = await once(child, "close");
    if (code !== 0) {
      throw new Error(`kastellan ${words.join(" ")} ended with ${code}:\n${trouble}`);
    }
    return printed;
  }

  #flags(plain: string, tls: string): string[] {
    const all = { "data-dir": this.dir, listen: plain, "listen-tls": tls, ...this.settings };
    return Object.entries(all).map(([name, value]) => `--${name}=${value}`);
  }

  #addresses(): [string, string] {
    const at = (label: string) => new RegExp(`${label}\\s+https?://(\\S+)`).exec(this.#log)?.[1] ?? "";
    return [at("Web app"), at("Official apps")];
  }

  async #run(plain: string, tls: string): Promise<void> {
    this.#log = "";
    const child = spawn(binary, ["serve", ...this.#flags(plain, tls)], { stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    const listen = (chunk: Buffer) => {
      this.#log += chunk.toString();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    await this.#ready(child);
    this.url = `http://${this.#addresses()[0]}`;
    this.setUpLink = /http\S+setup-provider\S+/.exec(this.#log)?.[0] ?? "";
  }

  async #ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) {
        throw new Error(`The server ended with ${child.exitCode}:\n${this.#log}`);
      }
      const [plain] = this.#addresses();
      if (
        plain &&
        (await fetch(`http://${plain}/readyz`).then(
          (answer) => answer.ok,
          () => false,
        ))
      ) {
        return;
      }
      await new Promise((next) => setTimeout(next, 50));
    }
    child.kill("SIGTERM");
    throw new Error(`The server is not ready after 20 seconds:\n${this.#log}`);
  }
}

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const binary = resolve(repository, process.env.TEST_BINARY ?? "bin/kastellan");
