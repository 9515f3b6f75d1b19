import type { CipherView, FolderView } from "../model/view";

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

type Row = Record<(typeof header)[number], string>;

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
  const lines = [header.join(","), ...rows.map((row) => header.map((name) => cell(row[name])).join(","))];
  return lines.join("\r\n");
}
