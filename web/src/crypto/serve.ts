import { Keyring, type KeyringContent } from "./acts/keyring";
import { CryptoError, type CryptoErrorKind } from "./error";
import { type ArgumentsOf, changesKeys, type OperationName, runOperation } from "./operations";

/** From the page to a worker. */
export type Request =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly name: OperationName;
      readonly args: readonly unknown[];
    }
  /** A direct line to another worker: keys never pass through the page. */
  | { readonly kind: "peer"; readonly port: MessagePort; readonly role: "giver" | "receiver" };

/** From a worker to the page. */
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly kind: CryptoErrorKind | null;
      readonly message: string;
    };

/** What `self` of a worker and a MessagePort have in common. */
export interface Line {
  postMessage(message: Answer): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
}

function giveKeys(port: MessagePort, content: KeyringContent): Promise<void> {
  return new Promise((resolve) => {
    port.onmessage = () => resolve();
    port.postMessage(content);
  });
}

/** Makes a thread answer calls with a keyring of its own. */
export function serve(line: Line): void {
  const ring = new Keyring();
  const receivers: MessagePort[] = [];

  function connect(port: MessagePort, role: "giver" | "receiver"): void {
    if (role === "giver") {
      receivers.push(port);
      return;
    }
    port.onmessage = (event: MessageEvent<KeyringContent>) => {
      ring.replace(event.data);
      port.postMessage("taken");
    };
  }

  async function call(request: Extract<Request, { kind: "call" }>): Promise<Answer> {
    const { id, name } = request;
    try {
      const value = await runOperation(ring, name, request.args as ArgumentsOf<OperationName>);
      if (changesKeys(name)) await Promise.all(receivers.map((port) => giveKeys(port, ring.content())));
      return { id, ok: true, value };
    } catch (error) {
      const kind = error instanceof CryptoError ? error.kind : null;
      return { id, ok: false, kind, message: error instanceof Error ? error.message : String(error) };
    }
  }

  line.onmessage = ({ data }) => {
    if (data.kind === "peer") connect(data.port, data.role);
    else void call(data).then((answer) => line.postMessage(answer));
  };
}
