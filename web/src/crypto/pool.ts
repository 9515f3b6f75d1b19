import type { Endpoint } from "./endpoint";
import { CryptoError } from "./error";
import { isPrimary, type OperationName } from "./operations";
import type { Answer, Request } from "./serve";

/** As much of a Worker as the pool uses; tests give one end of a MessageChannel. */
export interface WorkerLike {
  postMessage(message: Request, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

interface Pending {
  readonly worker: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const failure = (answer: Extract<Answer, { ok: false }>) =>
  answer.kind === null ? new Error(answer.message) : new CryptoError(answer.kind, answer.message);

/** One generation of workers: they start together, share the keys, and end together. */
class Crew {
  readonly #workers: readonly WorkerLike[];
  readonly #pending = new Map<number, Pending>();
  readonly #load: number[];
  #nextId = 0;

  constructor(spawn: () => WorkerLike, size: number, lost: () => void) {
    this.#workers = Array.from({ length: size }, spawn);
    this.#load = this.#workers.map(() => 0);
    const [primary, ...others] = this.#workers;
    for (const worker of this.#workers) {
      worker.onmessage = ({ data }) => this.#settle(data);
      worker.onerror = () => {
        lost();
        this.end(new Error("The encryption stopped unexpectedly. Please try again."));
      };
    }
    for (const other of others) {
      const { port1, port2 } = new MessageChannel();
      primary?.postMessage({ kind: "peer", port: port1, role: "giver" }, [port1]);
      other.postMessage({ kind: "peer", port: port2, role: "receiver" }, [port2]);
    }
  }

  run(name: OperationName, args: readonly unknown[]): Promise<unknown> {
    const index = isPrimary(name) ? 0 : this.#idlest();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { worker: index, resolve, reject });
      this.#load[index] = (this.#load[index] ?? 0) + 1;
      this.#workers[index]?.postMessage({ kind: "call", id, name, args });
    });
  }

  #idlest(): number {
    return this.#load.indexOf(Math.min(...this.#load));
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    if (!pending) return;
    this.#pending.delete(answer.id);
    this.#load[pending.worker] = (this.#load[pending.worker] ?? 1) - 1;
    if (answer.ok) pending.resolve(answer.value);
    else pending.reject(failure(answer));
  }

  end(reason: Error): void {
    for (const worker of this.#workers) worker.terminate();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

/** Workers start with the first call and again with the first call after a lock. */
export function poolEndpoint(spawn: () => WorkerLike, size: number): Endpoint {
  let crew: Crew | null = null;
  return {
    width: size,
    run(name, ...args) {
      // Without one of its workers a crew would leave calls waiting for ever; the next call starts another.
      crew ??= new Crew(spawn, size, () => {
        crew = null;
      });
      // The operation's name ties the arguments to the result; a message cannot express that.
      return crew.run(name, args) as ReturnType<Endpoint["run"]> as never;
    },
    lock() {
      crew?.end(new CryptoError("locked", "The vault is locked."));
      crew = null;
    },
  };
}
