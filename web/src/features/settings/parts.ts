/** The forms of the settings and the files of imports, which other areas use, too. */
export {
  EncryptedExport,
  fromExport,
  type ImportedFile,
  type ImportedItem,
  NotAnExport,
  ProtectedExportFile,
} from "./data/exchange";
export { fromCsv, parseCsv } from "./data/fromCsv";
export { Group, SettingsForm } from "./Group";
export { useAct } from "./useAct";
