export { ClientItems } from "./ClientItems";
export { ItemIcon } from "./ItemIcon";
export type { VaultView } from "./model/filter";
export { searchItems } from "./model/search";
export type { ItemScope } from "./scope";
export { VaultNav } from "./VaultNav";
export { VaultPage } from "./VaultPage";
