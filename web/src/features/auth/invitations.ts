export { AcceptOrganizationPage } from "./AcceptOrganizationPage";
export { AcceptProviderPage } from "./AcceptProviderPage";
export { DeleteProviderPage } from "./DeleteProviderPage";
export { HintPage } from "./HintPage";
export { RecoverDeletePage, VerifyRecoverDeletePage } from "./RecoverDeletePages";
export { FinishSignupPage, RegisterPage } from "./RegisterPages";
export { SetupProviderPage } from "./SetupProviderPage";
export { VerifyEmailPage } from "./VerifyEmailPage";
