import { describe, expect, it } from "vitest";
import type { SendListItem } from "@/crypto/model/sends";
import { endsSoon, filters, isPast, nextEnd, parseFilter, passes, searchSends, standingOf } from "./standing";

const now = Date.parse("2026-05-01T12:00:00Z");

function send(part: Partial<SendListItem> = {}): SendListItem {
  return {
    id: "s",
    type: "text",
    name: "Door code",
    file: null,
    protection: { kind: "link" },
    accessCount: 0,
    maxAccessCount: null,
    disabled: false,
    hideEmail: false,
    revisionDate: "2026-05-01T00:00:00Z",
    deletionDate: "2026-05-20T00:00:00Z",
    expirationDate: null,
    broken: false,
    ...part,
  };
}

describe("how a Send stands", () => {
  it.each<[string, Partial<SendListItem>]>([
    ["open", {}],
    ["open", { accessCount: 2, maxAccessCount: 3 }],
    ["open", { expirationDate: "2026-05-01T12:00:01Z" }],
    ["usedUp", { accessCount: 3, maxAccessCount: 3 }],
    ["expired", { expirationDate: "2026-05-01T12:00:00Z" }],
    ["disabled", { disabled: true, accessCount: 3, maxAccessCount: 3 }],
    ["broken", { broken: true, disabled: true }],
  ])("is %s for %j", (want, part) => {
    expect(standingOf(send(part), now)).toBe(want);
  });

  it.each<[boolean, Partial<SendListItem>]>([
    [false, {}],
    [true, { deletionDate: "2026-05-03T12:00:00Z" }],
    [false, { deletionDate: "2026-05-03T12:00:01Z" }],
    [true, { expirationDate: "2026-05-02T00:00:00Z" }],
    [false, { deletionDate: "2026-05-02T00:00:00Z", disabled: true }],
  ])("ends soon: %s for %j", (want, part) => {
    expect(endsSoon(send(part), now)).toBe(want);
  });

  it("ends with what comes first", () => {
    expect(nextEnd(send({ expirationDate: "2026-05-02T00:00:00Z" }))).toBe("2026-05-02T00:00:00Z");
    expect(nextEnd(send({ expirationDate: "2026-06-02T00:00:00Z" }))).toBe("2026-05-20T00:00:00Z");
  });

  it("is past when its time has come", () => {
    expect(isPast(send({ deletionDate: "2026-05-01T12:00:00Z" }), now)).toBe(true);
    expect(isPast(send(), now)).toBe(false);
  });
});

describe("the list", () => {
  const sends = [
    send({ id: "text" }),
    send({ id: "file", type: "file", name: "Plan", file: { id: "f", name: "Müller.pdf", size: 1 } }),
    send({ id: "soon", deletionDate: "2026-05-02T00:00:00Z" }),
    send({ id: "off", disabled: true }),
    send({ id: "used", accessCount: 1, maxAccessCount: 1 }),
    send({ id: "mail", protection: { kind: "emails", emails: ["ann@example.test"] } }),
  ];
  const ids = (found: readonly SendListItem[]) => found.map(({ id }) => id);

  it.each([
    ["all", ["text", "file", "soon", "off", "used", "mail"]],
    ["text", ["text", "soon", "off", "used", "mail"]],
    ["file", ["file"]],
    ["ending", ["soon"]],
    ["disabled", ["off", "used"]],
  ] as const)("%s shows %j", (filter, want) => {
    expect(ids(sends.filter((each) => passes(each, filter, now)))).toEqual(want);
  });

  it.each([
    ["", 6],
    ["DOOR", 5],
    ["muller", 1],
    ["ann@", 1],
    ["door ann", 1],
    ["nothing", 0],
  ])("finds %j %d times", (query, want) => {
    expect(searchSends(sends, query)).toHaveLength(want);
  });

  it("reads its filter from the address", () => {
    expect(filters.map(parseFilter)).toEqual(filters);
    expect(parseFilter("nonsense")).toBe("all");
  });
});
