// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { poll } from "./polling";

let visibility: DocumentVisibilityState = "visible";

beforeEach(() => {
  visibility = "visible";
  vi.useFakeTimers();
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("poll", () => {
  it("asks every 30 seconds, until it is stopped", async () => {
    const ask = vi.fn(async () => undefined);
    const stop = poll(ask);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(ask).toHaveBeenCalledTimes(3);
    stop();
    await vi.advanceTimersByTimeAsync(90_000);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it("rests while nobody sees the page, and asks when they come back", async () => {
    const ask = vi.fn(async () => undefined);
    const stop = poll(ask);
    visibility = "hidden";
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ask).not.toHaveBeenCalled();
    visibility = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
    expect(ask).toHaveBeenCalledTimes(1);
    stop();
  });

  it("waits for a slow answer, and goes on after a failure", async () => {
    let fail = (_: Error) => {};
    const ask = vi.fn(
      () =>
        new Promise<void>((_, reject) => {
          fail = reject;
        }),
    );
    const stop = poll(ask);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(ask).toHaveBeenCalledTimes(1);
    fail(new Error("away"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(ask).toHaveBeenCalledTimes(2);
    stop();
  });
});
