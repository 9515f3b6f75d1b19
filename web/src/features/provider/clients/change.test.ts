import { describe, expect, it } from "vitest";
import { createApi } from "@/api";
import type { Http } from "@/api/http";
import { changeClient } from "./change";

/** Answers the list as it is by now, and keeps what is written. */
function server(rows: readonly object[]) {
  const written: unknown[] = [];
  const http = {
    get: async () => ({ data: rows, continuationToken: null }),
    put: async (path: string, body: unknown) => {
      written.push([path, body]);
    },
  } as unknown as Http;
  return { api: createApi(http), written };
}

const path = "/api/providers/provider/clients/bakery";

describe("changeClient", () => {
  const rows = [
    { id: "dairy", organizationName: "Example Dairy", seats: 3 },
    { id: "bakery", organizationName: "Bakery, as a colleague called it", seats: 25 },
  ];

  it("keeps the name that somebody else has given in between", async () => {
    const { api, written } = server(rows);
    await changeClient(api, "provider", "bakery", { assignedSeats: 30 });
    expect(written).toEqual([[path, { name: "Bakery, as a colleague called it", assignedSeats: 30 }]]);
  });

  it("keeps the seats that somebody else has assigned in between", async () => {
    const { api, written } = server(rows);
    await changeClient(api, "provider", "bakery", { name: "Example Bakery" });
    expect(written).toEqual([[path, { name: "Example Bakery", assignedSeats: 25 }]]);
  });

  it("asks the server even for a client that is gone", async () => {
    const { api, written } = server([]);
    await changeClient(api, "provider", "bakery", { name: "Example Bakery" });
    expect(written).toEqual([[path, { name: "Example Bakery", assignedSeats: 0 }]]);
  });
});
