import { describe, expect, it } from "vitest";
import { filterOf, queryOf } from "./filter";

const now = new Date(2026, 4, 20, 12);

describe("the filters of the audit log", () => {
  it("are the last 30 days of everything, unless the address says more", () => {
    expect(filterOf({}, now)).toEqual({
      range: { from: "2026-04-20", to: "2026-05-20" },
      clients: [],
      acting: undefined,
      categories: [],
    });
  });

  it("leave out what there is not", () => {
    const { categories, clients } = filterOf({ categories: "item,secrets,provider", clients: ",a,,b" }, now);
    expect(categories).toEqual(["provider", "item"]);
    expect(clients).toEqual(["a", "b"]);
  });

  it("are asked for in the server's words", () => {
    const query = queryOf(
      filterOf(
        { from: "2026-05-01", to: "2026-05-01", clients: "a,b", acting: "p", categories: "item" },
        now,
      ),
    );
    expect(query).toMatchObject({ clients: "a,b", acting: "p", categories: "item" });
    expect(Date.parse(query.end ?? "") - Date.parse(query.start ?? "")).toBe(86_400_000 - 1);
  });

  it("say nothing of what was not chosen", () => {
    expect(queryOf(filterOf({}, now))).toMatchObject({
      clients: undefined,
      acting: undefined,
      categories: undefined,
    });
  });
});
