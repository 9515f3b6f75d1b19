import { newDraft } from "@/crypto";
import type { CipherDraft } from "@/crypto/model/view";
import { type ImportedFile, type ImportedItem, NotAnExport } from "./exchange";

/** RFC 4180: cells may be quoted, and then hold commas, quotes and line breaks. */
export function parseCsv(content: string, separator = ","): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const text = content.replace(/^\uFEFF/, "");
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === separator) {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") {
      rows.push([...row, cell.replace(/\r$/, "")]);
      row = [];
      cell = "";
    } else cell += sign;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell.replace(/\r$/, "")]);
  return rows.filter((cells) => cells.some((each) => each !== ""));
}

type Cells = (name: string) => string;

/** The table that Bitwarden-compatible products exchange: log-ins and notes, of a person or an organization. */
export function fromCsv(content: string): ImportedFile {
  const [header, ...rows] = parseCsv(content);
  const columns = new Map((header ?? []).map((name, at) => [name.trim().toLowerCase(), at]));
  if (!(columns.has("name") && columns.has("type") && columns.has("login_password"))) {
    throw new NotAnExport();
  }
  const items = rows.map((row) => itemOf((name) => row[columns.get(name) ?? -1] ?? ""));
  const namesOf = (places: readonly string[]) => [...new Set(places)].map((name) => ({ id: name, name }));
  return {
    folders: namesOf(items.flatMap(({ folder }) => folder ?? [])),
    collections: namesOf(items.flatMap(({ collections }) => collections)),
    items,
    skipped: 0,
  };
}

function itemOf(cell: Cells): ImportedItem {
  const places = cell("collections")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return { draft: draftOf(cell), folder: cell("folder") || null, collections: places };
}

function draftOf(cell: Cells): CipherDraft {
  const login = cell("type").toLowerCase() === "login";
  const common = {
    name: cell("name") || "–",
    notes: cell("notes"),
    favorite: cell("favorite") === "1",
    reprompt: cell("reprompt") === "1" ? 1 : 0,
    fields: fieldsOf(cell("fields")),
  } as const;
  if (!login) {
    return { ...newDraft("secureNote"), ...common };
  }
  const blank = newDraft("login");
  // A cell with several addresses is a line of CSV itself.
  const uris = (parseCsv(cell("login_uri"))[0] ?? []).filter(Boolean).map((uri) => ({ uri, match: null }));
  return {
    ...blank,
    ...common,
    ...(blank.type === "login" && {
      login: {
        ...blank.login,
        uris,
        username: cell("login_username"),
        password: cell("login_password"),
        totp: cell("login_totp"),
      },
    }),
  } as CipherDraft;
}

/** A line each, "name: value". */
function fieldsOf(text: string): CipherDraft["fields"] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const at = line.indexOf(": ");
      const [name, value] = at < 0 ? ["", line] : [line.slice(0, at), line.slice(at + 2)];
      return { type: 0, name, value, linkedId: null };
    });
}
