export { LoginPage } from "./LoginPage";
export { UnlockPage } from "./UnlockPage";
