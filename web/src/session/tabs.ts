/** What one tab tells the others of the same browser. */
export interface TabMessage {
  readonly kind: "lock" | "logout";
  readonly userId: string;
}

export interface Tabs {
  tell(message: TabMessage): void;
  onMessage(listener: (message: TabMessage) => void): void;
}

export function broadcastTabs(): Tabs {
  const channel = new BroadcastChannel("kastellan.session");
  return {
    tell: (message) => channel.postMessage(message),
    onMessage: (listener) => {
      channel.onmessage = (event: MessageEvent<TabMessage>) => listener(event.data);
    },
  };
}
