import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError, NetworkError } from "@/api";
import type { AuthRequest } from "@/api/authRequests";
import { answerTo, pauses } from "./answer";
import { lifetime } from "./standing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const request: AuthRequest = {
  ...{ id: "r", publicKey: "k", requestDeviceIdentifier: "d", requestDeviceType: "Firefox" },
  ...{ requestDeviceTypeValue: 10, requestIpAddress: "192.0.2.1", key: null },
  ...{ creationDate: "2026-05-01T00:00:00Z", responseDate: null, requestApproved: null },
};
const approved = { ...request, key: "4.k", requestApproved: true, responseDate: request.creationDate };
const denied = { ...request, requestApproved: false, responseDate: request.creationDate };

/** One who waits; `says` is what the server has to say from now on. */
function waiting(socket = true) {
  const stop = new AbortController();
  const scene = {
    says: (): AuthRequest => request,
    asked: 0,
    closed: 0,
    ring: () => {},
    drop: () => {},
    stop: () => stop.abort(),
    answer: Promise.resolve() as Promise<unknown>,
  };
  scene.answer = answerTo({
    response: async () => {
      scene.asked++;
      return scene.says();
    },
    open: async (answered, closed) => {
      if (!socket) throw new Error("no socket");
      Object.assign(scene, { ring: answered, drop: closed });
      return { close: () => void scene.closed++ };
    },
    signal: stop.signal,
  });
  scene.answer.catch(() => undefined);
  return scene;
}

it("is told by the socket, and fetches the answer then", async () => {
  const scene = waiting();
  await vi.advanceTimersByTimeAsync(100);
  const before = scene.asked;
  scene.says = () => approved;
  scene.ring();
  await vi.advanceTimersByTimeAsync(0);
  expect(await scene.answer).toEqual({ kind: "approved", key: "4.k" });
  expect(scene.asked).toBe(before + 1);
  expect(scene.closed).toBe(1);
});

it("asks every few seconds without a socket, and seldom beside one", async () => {
  const alone = waiting(false);
  const beside = waiting();
  await vi.advanceTimersByTimeAsync(60_100);
  expect(alone.asked).toBe(60_000 / pauses.alone);
  expect(beside.asked).toBe(1 + 60_000 / pauses.beside);
  beside.drop();
  alone.says = () => denied;
  await vi.advanceTimersByTimeAsync(pauses.alone);
  expect(await alone.answer).toEqual({ kind: "denied" });
});

it("goes on while the server is away, and ends when the request is gone", async () => {
  const scene = waiting(false);
  scene.says = () => {
    throw new NetworkError(new TypeError("fetch failed"));
  };
  await vi.advanceTimersByTimeAsync(30_000);
  scene.says = () => {
    throw new ApiError(404, "not found");
  };
  await vi.advanceTimersByTimeAsync(pauses.alone);
  expect(await scene.answer).toEqual({ kind: "expired" });
});

it("ends after a quarter of an hour", async () => {
  const scene = waiting();
  await vi.advanceTimersByTimeAsync(lifetime);
  expect(await scene.answer).toEqual({ kind: "expired" });
  expect(scene.closed).toBe(1);
});

it("can be stopped, and asks no more then", async () => {
  const scene = waiting();
  await vi.advanceTimersByTimeAsync(100);
  const before = scene.asked;
  scene.stop();
  await expect(scene.answer).rejects.toMatchObject({ name: "AbortError" });
  await vi.advanceTimersByTimeAsync(lifetime);
  expect(scene.asked).toBe(before);
  expect(scene.closed).toBe(1);
});
