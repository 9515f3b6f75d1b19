export { SendDialog } from "./SendDialog";
export { SendsPage } from "./SendsPage";
