import {
  defaultPassphrase,
  defaultPassword,
  type PassphraseOptions,
  type PasswordOptions,
  type UsernameOptions,
} from "@/crypto";

/** What is offered at first: longer than the least that anybody should use. */
export const passwordDefaults: PasswordOptions = { ...defaultPassword, length: 20, special: true };
export const passphraseDefaults: PassphraseOptions = {
  ...defaultPassphrase,
  words: 5,
  capitalize: true,
  includeNumber: true,
};

/** The form's state keeps the answers for every kind while one switches between them. */
export type UsernameForm = {
  kind: UsernameOptions["kind"];
  capitalize: boolean;
  includeNumber: boolean;
  email: string;
  domain: string;
};
export const usernameDefaults: UsernameForm = {
  kind: "word",
  capitalize: true,
  includeNumber: true,
  email: "",
  domain: "",
};

export function usernameOptions(form: UsernameForm): UsernameOptions {
  switch (form.kind) {
    case "plusAddress":
      return { kind: form.kind, email: form.email };
    case "catchAll":
      return { kind: form.kind, domain: form.domain.replace(/^@/, "") };
    default:
      return { kind: form.kind, capitalize: form.capitalize, includeNumber: form.includeNumber };
  }
}
