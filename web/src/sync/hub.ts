import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { isRecord, member, text } from "@/api/error";
import type { Line, LineEvents, LiveMessage } from "./live";

/** Names come with either case of their first letter. */
export function readMessage(argument: unknown): LiveMessage | null {
  const type = member(argument, "Type");
  if (typeof type !== "number") return null;
  const payload = member(argument, "Payload");
  return { type, contextId: text(member(argument, "ContextId")), payload: isRecord(payload) ? payload : {} };
}

/** Waits, without a session, for the answer to a request to be let in. `answered` says only that there is one. */
export async function openAnswerLine(
  request: string,
  answered: () => void,
  closed: () => void,
): Promise<Line> {
  const connection = new HubConnectionBuilder()
    .withUrl(`/notifications/anonymous-hub?Token=${encodeURIComponent(request)}`, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
    })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  // The protocol spells it so.
  connection.on("AuthRequestResponseRecieved", answered);
  connection.on("Heartbeat", () => undefined);
  connection.onclose(closed);
  await connection.start();
  return { close: () => void connection.stop() };
}

/** Connects to the hub of the server that this page is from. */
export async function openHub(events: LineEvents): Promise<Line> {
  const connection = new HubConnectionBuilder()
    .withUrl("/notifications/hub", {
      accessTokenFactory: events.token,
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
    })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  connection.on("ReceiveMessage", (argument: unknown) => {
    const message = readMessage(argument);
    if (message) events.onMessage(message);
  });
  connection.on("Heartbeat", () => undefined);
  connection.onclose(events.onClosed);
  await connection.start();
  return { close: () => void connection.stop() };
}
