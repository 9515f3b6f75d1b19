// Listens on hubs with the library that official apps use, and prints a line of JSON for
// each thing that happens. Arguments: pairs of an address and a token.
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const say = (line) => console.log(JSON.stringify(line));

const args = process.argv.slice(2);
for (let socket = 0; 2 * socket < args.length; socket++) {
  const [url, token] = args.slice(2 * socket, 2 * socket + 2);
  const hub = new HubConnectionBuilder()
    .withUrl(url, { accessTokenFactory: () => token, skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.Error)
    .build();
  for (const target of ["ReceiveMessage", "AuthRequestResponseRecieved"]) {
    hub.on(target, (message) => say({ socket, target, message }));
  }
  hub.onclose((error) => say({ socket, closed: true, error: error?.message }));
  await hub.start();
  say({ socket, open: true });
}
