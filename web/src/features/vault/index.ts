export { ClientItems } from "./ClientItems";
export { ItemIcon } from "./ItemIcon";
export { searchItems } from "./model/search";
export { VaultNav } from "./VaultNav";
export { VaultPage } from "./VaultPage";
