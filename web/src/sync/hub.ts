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
