import type { Page } from "../support/fixtures.ts";

type Row = Record<string, unknown>;

const names = [
  "Example Bakery",
  "Abrechnungsstelle der Beispielgesellschaft für Unt.",
  "School",
  "Wasserwerk Musterstadt am Beispielfluss GmbH & Co.",
  "Example Orchard Cooperative",
];
const troubles = [["drift"], [], ["confirmations"], [], ["outOfSeats", "drift"], [], [], ["noOwner"], [], []];
const colleagues = ["Petra Provider", "Maximiliane von und zu Beispiel-Mustermann", null];

/** Makes the lists of clients long: the server's own answers, many times over and under long names. */
export async function manyClients(page: Page, count = 1000): Promise<void> {
  await page.route("**/api/providers/*/overview", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { clients: Row[] };
    const clients = Array.from({ length: count }, (_, at) => standing(body.clients, at));
    await route.fulfill({ response: answer, json: { ...body, clients } });
  });
  await page.route("**/api/providers/*/organizations", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { data: Row[] };
    const data = Array.from({ length: count }, (_, at) => {
      const row = body.data[at % body.data.length] ?? {};
      const seats = 5 + ((at * 37) % 400);
      return { ...row, ...ids(at), organizationName: nameOf(at), seats, occupiedSeats: (at * 13) % seats };
    });
    await route.fulfill({ response: answer, json: { ...body, data } });
  });
}

const nameOf = (at: number) => `${names[at % names.length]} ${at + 1}`;
const ids = (at: number) => ({
  id: `many-${at}-0000-4000-8000-000000000000`,
  organizationId: `org-${at}-0000-4000-8000-000000000000`,
});

function standing(rows: Row[], at: number): Row {
  const seats = 5 + ((at * 37) % 400);
  const confirmed = (at * 11) % seats;
  const alerts = troubles[at % troubles.length] ?? [];
  return {
    ...(rows[at % rows.length] ?? {}),
    ...ids(at),
    name: nameOf(at),
    seats,
    occupied: alerts.includes("outOfSeats") ? seats : confirmed + (at % 3),
    members: {
      invited: at % 3,
      accepted: alerts.includes("confirmations") ? 2 : 0,
      confirmed,
      revoked: at % 2,
      staged: 0,
    },
    twoStep: Math.floor((confirmed * ((at * 7) % 100)) / 100),
    baseline: at % 4 === 0 ? null : { id: "baseline", name: "Grundschutz für Beispielbetriebe" },
    drift: at % 4 === 0 ? null : alerts.includes("drift") ? 3 : 0,
    deviations: at % 5 === 0 ? 1 : 0,
    lastActivity: at % 9 === 0 ? null : new Date(Date.now() - at * 7_200_000).toISOString(),
    lastAccess: at % 6 === 0 ? null : new Date(Date.now() - at * 3_600_000).toISOString(),
    lastAccessBy: at % 6 === 0 ? null : colleagues[at % colleagues.length],
    alerts,
  };
}
