import type { FileOptions, TransferStep } from "@/sync";

export type TransferKind = "upload" | "download" | "upgrade";

/** One file on its way, or one that did not make it. */
export interface Transfer {
  readonly key: number;
  readonly kind: TransferKind;
  readonly itemId: string;
  /** Of a file that is there already. */
  readonly attachmentId: string | null;
  readonly name: string;
  readonly size: number;
  readonly step: "waiting" | TransferStep | "failed";
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
  readonly error: unknown;
}

export interface Job {
  readonly kind: TransferKind;
  readonly itemId: string;
  readonly attachmentId: string | null;
  readonly name: string;
  readonly size: number;
  readonly run: (options: FileOptions) => Promise<void>;
}

interface Entry {
  transfer: Transfer;
  readonly job: Job;
  stop: AbortController;
}

const atOnce = 2;

const isAbort = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

/**
 * Files on their way, for as long as the page stands: going to another item stops nothing. Two at a time; the others
 * wait their turn.
 */
export class Transfers {
  #entries: readonly Entry[] = [];
  #shown: readonly Transfer[] = [];
  #count = 0;
  readonly #listeners = new Set<() => void>();
  /** Told of a failure, which nobody may be looking at. */
  onFailed: (transfer: Transfer) => void = () => undefined;

  getSnapshot = (): readonly Transfer[] => this.#shown;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Something would be lost if the page were left now. */
  get running(): boolean {
    return this.#shown.some(({ step }) => step !== "failed");
  }

  add(job: Job): void {
    this.#count += 1;
    const { kind, itemId, attachmentId, name, size } = job;
    const transfer: Transfer = {
      ...{ key: this.#count, kind, itemId, attachmentId, name, size },
      ...{ step: "waiting", done: 0, total: 0, error: null },
    };
    this.#set([...this.#entries, { transfer, job, stop: new AbortController() }]);
    this.#next();
  }

  /** Stops it, or takes a failed one from the list. */
  cancel(key: number): void {
    const entry = this.#find(key);
    if (!entry) return;
    entry.stop.abort();
    this.#set(this.#entries.filter((each) => each !== entry));
    this.#next();
  }

  retry(key: number): void {
    const entry = this.#find(key);
    if (entry?.transfer.step !== "failed") return;
    entry.stop = new AbortController();
    this.#change(entry, { step: "waiting", done: 0, total: 0, error: null });
    this.#next();
  }

  /** With the end of the session. */
  clear(): void {
    for (const { stop } of this.#entries) stop.abort();
    this.#set([]);
  }

  #find = (key: number) => this.#entries.find(({ transfer }) => transfer.key === key);

  #set(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#shown = entries.map(({ transfer }) => transfer);
    for (const listener of this.#listeners) listener();
  }

  #change(entry: Entry, part: Partial<Transfer>): void {
    if (!this.#entries.includes(entry)) return;
    entry.transfer = { ...entry.transfer, ...part };
    this.#set([...this.#entries]);
  }

  #next(): void {
    const busy = this.#entries.filter(({ transfer: { step } }) => step !== "waiting" && step !== "failed");
    const waiting = this.#entries.filter(({ transfer: { step } }) => step === "waiting");
    for (const entry of waiting.slice(0, Math.max(0, atOnce - busy.length))) void this.#run(entry);
  }

  async #run(entry: Entry): Promise<void> {
    const { signal } = entry.stop;
    this.#change(entry, { step: entry.job.kind === "upload" ? "encrypting" : "receiving" });
    try {
      await entry.job.run({
        signal,
        onStep: (step) => this.#change(entry, { step, done: 0, total: 0 }),
        onProgress: (done, total) => this.#change(entry, { done, total }),
      });
      this.#set(this.#entries.filter((each) => each !== entry));
    } catch (error) {
      // One that was started again has another signal by now.
      if (signal !== entry.stop.signal) return;
      if (isAbort(error)) this.#set(this.#entries.filter((each) => each !== entry));
      else this.#failed(entry, error);
    }
    this.#next();
  }

  #failed(entry: Entry, error: unknown): void {
    if (!this.#entries.includes(entry)) return;
    this.#change(entry, { step: "failed", error });
    this.onFailed(entry.transfer);
  }
}
