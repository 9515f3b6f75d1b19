export type { RegistrationProof } from "@/api/identity";
export type { LoginInput, RegisterInput, Session } from "./session";
export type { Account, LockReason, LogoutReason, SessionState, UnlockStep, VaultTimeout } from "./state";
