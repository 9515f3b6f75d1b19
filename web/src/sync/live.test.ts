// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Line, type LineEvents, Live, pauseBefore } from "./live";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that stands or does not. */
function server() {
  const opened: LineEvents[] = [];
  const state = { up: true, closed: 0 };
  const calls: string[] = [];
  const live = new Live({
    open: async (events): Promise<Line> => {
      opened.push(events);
      if (!state.up) throw new Error("no socket");
      return { close: () => void state.closed++ };
    },
    token: async () => "token",
    onMessage: ({ type }) => void calls.push(`message ${type}`),
    onConnected: () => void calls.push("connected"),
    onFailing: () => void calls.push("failing"),
    random: () => 1,
  });
  return { live, opened, state, calls };
}

const message = { type: 5, contextId: null, payload: {} };

describe("the live line", () => {
  it("connects, tells, and ends", async () => {
    const { live, opened, state, calls } = server();
    const stop = live.start();
    expect(live.getSnapshot()).toBe("connecting");
    await vi.advanceTimersByTimeAsync(0);
    expect(live.getSnapshot()).toBe("live");
    opened[0]?.onMessage(message);
    expect(calls).toEqual(["connected", "message 5"]);
    stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(live.getSnapshot()).toBe("off");
    expect(state.closed).toBe(1);
    opened[0]?.onMessage(message);
    expect(calls).toEqual(["connected", "message 5"]);
  });

  it("comes back after it broke, and asks for what was missed", async () => {
    const { live, opened, state, calls } = server();
    const stop = live.start();
    await vi.advanceTimersByTimeAsync(0);
    state.up = false;
    opened[0]?.onClosed();
    await vi.advanceTimersByTimeAsync(0);
    expect(live.getSnapshot()).toBe("interrupted");
    await vi.advanceTimersByTimeAsync(1000 + 2000 + 4000);
    expect(opened.length).toBe(4);
    expect(calls).toEqual(["connected", "failing"]);
    state.up = true;
    await vi.advanceTimersByTimeAsync(8000);
    expect(live.getSnapshot()).toBe("live");
    expect(calls).toEqual(["connected", "failing", "connected"]);
    opened[4]?.onClosed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(opened.length).toBe(6);
    stop();
  });

  it("does not wait when the machine is back in the net", async () => {
    const { live, state, opened } = server();
    state.up = false;
    const stop = live.start();
    await vi.advanceTimersByTimeAsync(60_000);
    const before = opened.length;
    state.up = true;
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(opened.length).toBe(before + 1);
    expect(live.getSnapshot()).toBe("live");
    stop();
  });
});

it.each([
  [0, 0, 500],
  [0, 1, 1000],
  [3, 1, 8000],
  [30, 0, 30_000],
  [30, 1, 60_000],
])("before attempt %i with %i it waits %i ms", (attempt, random, milliseconds) => {
  expect(pauseBefore(attempt, random)).toBe(milliseconds);
});
