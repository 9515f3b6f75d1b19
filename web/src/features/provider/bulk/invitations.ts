import type { MemberType } from "@/api";
import { plain, type Table } from "./table";

export const fields = ["client", "email", "role", "groups"] as const;
export type Field = (typeof fields)[number];
/** What each column holds; null for one that does not matter here. */
export type Mapping = readonly (Field | null)[];

const headings: Readonly<Record<Field, RegExp>> = {
  client: /^(?:client|customer|organi[sz]ation|company|tenant|kunde|kundin|mandant|organisation|firma)\b/,
  email: /^(?:e ?mail|mail|address|user ?name|upn|user principal name|adresse|mailadresse|emailadresse)\b/,
  role: /^(?:role|type|rolle|typ|rights?|rechte)\b/,
  groups: /^(?:groups?|gruppen?|teams?|abteilung(?:en)?|departments?)\b/,
};

const words: readonly (readonly [MemberType, RegExp])[] = [
  [0, /^(?:owner|inhaber(?:in)?|eigentumer(?:in)?|besitzer(?:in)?)$/],
  [1, /^(?:admin|administrator(?:in)?|verwalter(?:in)?)$/],
  [2, /^(?:user|member|nutzer(?:in)?|benutzer(?:in)?|anwender(?:in)?|mitglied|person)$/],
];

export const isAddress = (text: string): boolean => /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(text);

/** `Ada Example <ada@example.test>` is an address, too. */
export const addressOf = (cell: string): string =>
  (/<([^<>]+)>\s*$/.exec(cell)?.[1] ?? cell).trim().toLowerCase();

/** The role that a word of either language means; null for one that means none. */
export function roleOf(word: string): MemberType | null {
  const wanted = plain(word);
  return words.find(([, pattern]) => pattern.test(wanted))?.[0] ?? null;
}

const most = (cells: readonly string[], holds: (cell: string) => boolean) => {
  const filled = cells.filter(Boolean);
  return filled.length > 0 && filled.filter(holds).length * 2 > filled.length;
};

/** What the columns are: by their headings first, then by what stands in them. */
export function guess({ header, rows, width }: Table, isClient: (name: string) => boolean): Mapping {
  const found: (Field | null)[] = Array<Field | null>(width).fill(null);
  const open = (field: Field) => !found.includes(field);
  header?.forEach((text, at) => {
    const field = fields.find((candidate) => open(candidate) && headings[candidate].test(plain(text)));
    found[at] = field ?? null;
  });
  const contents: readonly (readonly [Field, (cell: string) => boolean])[] = [
    ["email", (cell) => isAddress(addressOf(cell))],
    ["role", (cell) => roleOf(cell) !== null],
    ["client", isClient],
  ];
  for (const [field, holds] of contents) {
    for (let at = 0; at < width && open(field); at++) {
      const cells = rows.map((row) => row[at] ?? "");
      if (found[at] === null && most(cells, holds)) {
        found[at] = field;
      }
    }
  }
  // Without headings, the first column that nothing else fits names the client, misspelt as it may be.
  const rest = found.indexOf(null);
  if (!header && open("client") && rest >= 0) {
    found[rest] = "client";
  }
  return found;
}

/** A column has one meaning, and a meaning one column. */
export const withMeaning = (mapping: Mapping, column: number, field: Field | null): Mapping =>
  mapping.map((now, at) => (at === column ? field : now === field ? null : now));

/** One line of the table, as it is sent to be checked. */
export type Invitation = {
  /** Counted as the spreadsheet counts. */
  readonly line: number;
  readonly client: string;
  readonly email: string;
  readonly type: MemberType;
  readonly groups: readonly string[];
  /** What the table itself is wrong about; such a line is not sent. */
  readonly problem: "noClient" | "noAddress" | "unknownRole" | "twice" | null;
  /** What stood in the cell that is wrong. */
  readonly cell: string;
};

/** For columns that the table does not have. */
export type Defaults = { readonly client: string; readonly type: MemberType };

export function invitationsOf(table: Table, mapping: Mapping, defaults: Defaults): Invitation[] {
  const seen = new Set<string>();
  const first = table.header ? 2 : 1;
  return table.rows.map((row, at) => {
    const cell = (field: Field) => row[mapping.indexOf(field)] ?? "";
    const client = cell("client") || defaults.client;
    const email = addressOf(cell("email"));
    const word = cell("role");
    const type = word === "" ? defaults.type : roleOf(word);
    const groups = cell("groups")
      .split(/[;,|\n]/)
      .map((name) => name.trim())
      .filter(Boolean);
    const key = `${plain(client)}\n${email}`;
    const [problem, wrong] =
      client === ""
        ? (["noClient", ""] as const)
        : !isAddress(email)
          ? (["noAddress", cell("email")] as const)
          : type === null
            ? (["unknownRole", word] as const)
            : seen.has(key)
              ? (["twice", email] as const)
              : ([null, ""] as const);
    seen.add(key);
    return {
      line: first + at,
      client,
      email,
      type: type ?? defaults.type,
      groups: [...new Set(groups)],
      problem,
      cell: wrong,
    };
  });
}
