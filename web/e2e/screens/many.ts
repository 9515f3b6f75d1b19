import type { Page } from "../support/fixtures.ts";

const places = [
  "Example Bakery",
  "Abrechnungsstelle der Beispielgesellschaft für Unternehmensdienstleistungen mbH",
  "School",
  "A very long name of an internal service that nobody ever shortened, second floor, left cupboard",
];

/** An export with this many items of every type, in twelve folders; some names are long. */
export function manyItems(count: number): string {
  const folders = Array.from({ length: 12 }, (_, at) => ({
    id: `folder-${at}`,
    name: at === 3 ? "Donaudampfschifffahrtsgesellschaftsunterlagen" : `Folder ${at + 1}`,
  }));
  const items = Array.from({ length: count }, (_, at) => ({
    type: (at % 4) + 1,
    name: `${places[at % places.length]} ${at + 1}`,
    notes: at % 3 === 0 ? "A remark.\n".repeat(6) : null,
    favorite: at % 17 === 0,
    folderId: at % 2 === 0 ? `folder-${at % 12}` : null,
    ...content(at),
  }));
  return JSON.stringify({ encrypted: false, folders, items });
}

function content(at: number) {
  switch (at % 4) {
    case 0:
      return {
        login: {
          username: `somebody.with.a.long.name.${at}@subsidiary.example.test`,
          password: `Pa55#word-${at}-with-many-characters-so-that-it-wraps`,
          totp: at % 8 === 0 ? "JBSWY3DPEHPK3PXP" : null,
          uris: [
            {
              uri: `https://service-${at}.department.example.test/a/long/path/to/the/log-in?of=it`,
              match: null,
            },
          ],
        },
      };
    case 1:
      return { secureNote: { type: 0 } };
    case 2:
      return {
        card: {
          cardholderName: "Ada Example",
          number: "4111111111111111",
          brand: "Visa",
          expMonth: "2",
          expYear: "2031",
          code: "123",
        },
      };
    default:
      return {
        identity: {
          firstName: "Ada",
          lastName: `Example ${at}`,
          email: "ada@example.test",
          city: "Exampleton",
        },
      };
  }
}

type Row = Record<string, unknown>;

/** Makes the lists of an organization long: the server's own answers, many times over and under long names. */
export async function manyOf(page: Page): Promise<void> {
  const lists = { "**/users?*": 1026, "**/groups/details*": 212, "**/collections/details*": 340 };
  for (const [pattern, wanted] of Object.entries(lists)) {
    await page.route(pattern, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { data: Row[] };
      const data = Array.from({ length: wanted }, (_, at) =>
        longer(body.data[at % body.data.length] ?? {}, at),
      );
      await route.fulfill({ response: answer, json: { ...body, data } });
    });
  }
}

function longer(row: Row, at: number): Row {
  return {
    ...row,
    id: at === 0 ? row.id : `many-${at}-0000-4000-8000-000000000000`,
    ...(typeof row.email === "string" && {
      email: `${at}.maximiliane.von.und.zu.beispiel@abrechnungsstelle.beispielgesellschaft.example.test`,
      name: at % 3 === 0 ? "Maximiliane Freifrau von und zu Beispiel-Mustermann auf Probenhausen" : row.name,
    }),
    ...(row.object === "groupDetails" && { name: `${places[at % places.length]} ${at}`.slice(0, 100) }),
  };
}
