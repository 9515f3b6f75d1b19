import { CryptoError } from "@/crypto";
import {
  EncryptedExport,
  fromCsv,
  fromExport,
  type ImportedFile,
  NotAnExport,
  ProtectedExportFile,
} from "@/features/settings/parts";
import type { T } from "@/i18n";

/** JSON begins with a brace; everything else is taken for a table. */
export function readFile(content: string): ImportedFile {
  return content.trimStart().startsWith("{") ? fromExport(content) : fromCsv(content);
}

/** Why a file cannot be imported, in words. */
export function refusalOf(error: unknown, t: T): string {
  if (error instanceof EncryptedExport) {
    return t("transfer.forOneAccount");
  }
  if (error instanceof NotAnExport) {
    return t("transfer.unreadable");
  }
  if (error instanceof CryptoError && error.kind === "wrongPassword") {
    return t("transfer.wrongFilePassword");
  }
  return t("errors.unexpected");
}

export { ProtectedExportFile };
