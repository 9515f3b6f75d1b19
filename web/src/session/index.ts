export type { RegistrationProof, SecondStep as SecondStepAnswer } from "@/api/identity";
export type {
  ApprovedLogin,
  LoginInput,
  RegisterInput,
  Session,
  SessionDependencies,
} from "./contract";
export { createSession } from "./session";
export type { Account, LockReason, LogoutReason, SessionState, UnlockStep, VaultTimeout } from "./state";
