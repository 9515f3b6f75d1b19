import { Keyring } from "./acts/keyring";
import { CryptoError } from "./error";
import { type ArgumentsOf, type OperationName, type ResultOf, runOperation } from "./operations";

/** Where operations run: the pool of workers, or this very thread in tests. */
export interface Endpoint {
  run<Name extends OperationName>(name: Name, ...args: ArgumentsOf<Name>): Promise<ResultOf<Name>>;
  /** How many batches make sense at a time. */
  readonly width: number;
  lock(): void;
}

export function inProcessEndpoint(): Endpoint {
  let ring = new Keyring();
  return {
    width: 1,
    async run<Name extends OperationName>(name: Name, ...args: ArgumentsOf<Name>): Promise<ResultOf<Name>> {
      const current = ring;
      const result = await runOperation(current, name, args);
      if (current !== ring) throw new CryptoError("locked", "The vault was locked meanwhile.");
      return result;
    },
    lock() {
      ring.clear();
      ring = new Keyring();
    },
  };
}
