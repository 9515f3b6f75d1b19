import { type ReactNode, useId } from "react";
import { useT } from "@/i18n";
import { cx } from "@/ui/cx";
import type { Choice } from "./draft";

const choices = ["open", "on", "off"] as const;

type ChoiceRowProps = {
  label: string;
  text: string;
  value: Choice;
  onChange: (value: Choice) => void;
  children?: ReactNode;
};

/** One thing that a baseline decides or leaves open. */
export function ChoiceRow({ label, text, value, onChange, children }: ChoiceRowProps) {
  const t = useT();
  const group = useId();
  return (
    <li className="px-4 py-3">
      <fieldset className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">
        <legend className="sr-only">{label}</legend>
        <div className="min-w-0 flex-1 basis-56" aria-hidden>
          <span className="block font-medium">{label}</span>
          <span className="block text-sm text-muted">{text}</span>
        </div>
        <div className="flex rounded-lg border border-line bg-sunken p-0.5">
          {choices.map((choice) => (
            <label
              key={choice}
              className={cx(
                "flex h-7 cursor-pointer items-center rounded-md px-2.5 text-sm whitespace-nowrap",
                "has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
                choice === value
                  ? choice === "open"
                    ? "bg-raised font-medium shadow-card"
                    : "bg-accent-soft font-medium text-accent-text shadow-card"
                  : "text-muted hover:text-text",
              )}
            >
              <input
                type="radio"
                name={group}
                className="sr-only"
                checked={choice === value}
                onChange={() => onChange(choice)}
              />
              {t(`baselines.choice.${choice}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {children ? <div className="mt-3 flex flex-col gap-3">{children}</div> : null}
    </li>
  );
}
