import { useState } from "react";
import { useT } from "@/i18n";
import { Field, Input } from "@/ui/Field";
import { PasswordInput } from "@/ui/PasswordInput";
import { StrengthMeter } from "./StrengthMeter";

export const minimumLength = 12;
const longestHint = 50;

export type NewPassword = { password: string; repeat: string; hint: string };
export const noPassword: NewPassword = { password: "", repeat: "", hint: "" };
export type NewPasswordProblem = { field: keyof NewPassword; key: ProblemKey };
type ProblemKey = "auth.problem.short" | "auth.problem.differ" | "auth.problem.hintIsPassword";

/** The first thing that stands against a new master password. */
export function problemOf(value: NewPassword): NewPasswordProblem | null {
  if ([...value.password].length < minimumLength) {
    return { field: "password", key: "auth.problem.short" };
  }
  if (value.password !== value.repeat) {
    return { field: "repeat", key: "auth.problem.differ" };
  }
  if (value.hint && value.hint.toLocaleLowerCase() === value.password.toLocaleLowerCase()) {
    return { field: "hint", key: "auth.problem.hintIsPassword" };
  }
  return null;
}

type Props = {
  value: NewPassword;
  onChange: (value: NewPassword) => void;
  problem: NewPasswordProblem | null;
  /** Words that make a password easy to guess, such as the person's address. */
  related: string[];
};

export function NewPasswordFields({ value, onChange, problem, related }: Props) {
  const t = useT();
  const [touched, setTouched] = useState(false);
  const errorOf = (field: keyof NewPassword) =>
    problem?.field === field ? t(problem.key, { count: minimumLength }) : undefined;
  const differs = touched && value.repeat !== "" && value.repeat !== value.password;
  return (
    <>
      <Field
        label={t("auth.newPassword")}
        hint={t("auth.newPasswordHint", { count: minimumLength })}
        error={errorOf("password")}
      >
        <PasswordInput
          name="new-password"
          autoComplete="new-password"
          value={value.password}
          onChange={(event) => onChange({ ...value, password: event.target.value })}
        />
      </Field>
      <StrengthMeter password={value.password} related={related} />
      <Field
        label={t("auth.repeatPassword")}
        error={errorOf("repeat") ?? (differs ? t("auth.problem.differ") : undefined)}
      >
        <PasswordInput
          autoComplete="new-password"
          value={value.repeat}
          onBlur={() => setTouched(true)}
          onChange={(event) => onChange({ ...value, repeat: event.target.value })}
        />
      </Field>
      <Field label={t("auth.hintLabel")} hint={t("auth.hintNote")} error={errorOf("hint")}>
        <Input
          maxLength={longestHint}
          value={value.hint}
          onChange={(event) => onChange({ ...value, hint: event.target.value })}
        />
      </Field>
    </>
  );
}
