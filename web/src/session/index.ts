export type { RegistrationProof, SecondStep as SecondStepAnswer } from "@/api/identity";
export {
  type ApprovedLogin,
  createSession,
  type LoginInput,
  type RegisterInput,
  type Session,
  type SessionDependencies,
} from "./session";
export type { Account, LockReason, LogoutReason, SessionState, UnlockStep, VaultTimeout } from "./state";
