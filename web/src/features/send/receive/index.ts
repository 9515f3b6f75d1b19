export { ReceivePage } from "./ReceivePage";
