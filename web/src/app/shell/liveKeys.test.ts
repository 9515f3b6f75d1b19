import { expect, it } from "vitest";
import { concerns } from "./liveKeys";

const message = (type: number, payload: Record<string, unknown>) => ({ type, contextId: null, payload });

it.each([
  ["a change of the vault", 5, {}, ["organization", "a", "members"], true],
  ["a change of the vault", 5, {}, ["provider", "p", "clients"], true],
  ["a change of the vault", 5, {}, ["fingerprint", "u"], false],
  ["a change of the vault", 5, {}, ["policy-preview", "a"], false],
  ["a change in one organization", 25, { OrganizationId: "a" }, ["organization", "a", "policies"], true],
  ["a change in one organization", 0, { OrganizationId: "a" }, ["reach", "a", "m"], true],
  ["a change in one organization", 18, { OrganizationId: "a" }, ["organization", "b", "policies"], false],
  ["a change in one organization", 18, { OrganizationId: "a" }, ["provider", "p", "clients"], true],
  ["a folder", 7, {}, ["organization", "a", "members"], false],
])("%s (%i, %j) concerns %j: %s", (_, type, payload, key, expected) => {
  expect(concerns(message(type, payload), key)).toBe(expected);
});
