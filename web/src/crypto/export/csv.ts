import type { CipherView, CollectionView, FolderView } from "../model/view";

const header = [
  "folder",
  "favorite",
  "type",
  "name",
  "notes",
  "fields",
  "reprompt",
  "archivedDate",
  "login_uri",
  "login_username",
  "login_password",
  "login_totp",
] as const;

/** An organization has neither folders nor favourites. */
const organizationHeader = [
  "collections",
  ...header.slice(2).filter((name) => name !== "archivedDate"),
] as const;

type Column = (typeof header)[number] | "collections";
type Row = Partial<Record<Column, string>>;

/** RFC 4180. Nothing is prefixed against formulas: the file is for importers, which would take it as content. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rowOf(view: CipherView, folders: ReadonlyMap<string, string>): Row {
  const login = view.type === "login" ? view.login : null;
  return {
    folder: folders.get(view.folderId ?? "") ?? "",
    favorite: view.favorite ? "1" : "",
    type: login ? "login" : "note",
    name: view.name,
    notes: view.notes,
    fields: view.fields.map(({ name, value }) => `${name}: ${value}`).join("\n"),
    reprompt: String(view.reprompt),
    archivedDate: view.archivedDate ?? "",
    // Importers read this cell as a line of CSV.
    login_uri: (login?.uris ?? []).map(({ uri }) => cell(uri)).join(","),
    login_username: login?.username ?? "",
    login_password: login?.password ?? "",
    login_totp: login?.totp ?? "",
  };
}

/** Own logins and notes; the format knows no other types. */
export function csv(views: readonly CipherView[], folders: readonly FolderView[]): string {
  const names = new Map<string, string>(folders.map(({ id, name }) => [id, name]));
  const rows = views
    .filter(({ organizationId, deletedDate }) => organizationId === null && !deletedDate)
    .filter(({ type }) => type === "login" || type === "secureNote")
    .map((view) => rowOf(view, names));
  return lines(header, rows);
}

function lines(columns: readonly Column[], rows: readonly Row[]): string {
  const body = rows.map((row) => columns.map((name) => cell(row[name] ?? "")).join(","));
  return [columns.join(","), ...body].join("\r\n");
}

/** The same of an organization; the names of an item's collections stand in one cell, with commas between. */
export function organizationCsv(
  views: readonly CipherView[],
  collections: readonly Pick<CollectionView, "id" | "name">[],
): string {
  const names = new Map<string, string>(collections.map(({ id, name }) => [id, name]));
  const rows = views
    .filter(({ type, deletedDate }) => !deletedDate && (type === "login" || type === "secureNote"))
    .map((view) => ({
      ...rowOf(view, new Map()),
      collections: view.collectionIds
        .map((id) => names.get(id) ?? "")
        .filter(Boolean)
        .join(","),
    }));
  return lines(organizationHeader, rows);
}
