import { CircleAlert } from "lucide-react";
import { type ComponentProps, createContext, type ReactNode, use, useId } from "react";
import { cx } from "./cx";

type Control = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean };
const ControlContext = createContext<Control | null>(null);

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** Sits at the right end of the label line. */
  aside?: ReactNode;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
};

/** A label, one control, and what there is to say about it. */
export function Field({ label, hint, error, required, aside, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const noted = Boolean(hint || error);
  return (
    <ControlContext
      value={{
        id,
        describedBy: noted ? noteId : undefined,
        invalid: Boolean(error),
        required: required ?? false,
      }}
    >
      <div className={cx("flex flex-col gap-1.5", className)}>
        <div className={cx("flex items-baseline justify-between gap-3", hideLabel && "sr-only")}>
          <label htmlFor={id} className="text-sm font-medium text-text">
            {label}
          </label>
          {aside}
        </div>
        {children}
        <div id={noteId} aria-live="polite" className={cx("text-sm", !noted && "hidden")}>
          {error ? (
            <span className="flex items-start gap-1.5 text-bad">
              <CircleAlert className="mt-px size-4 shrink-0" aria-hidden />
              {error}
            </span>
          ) : (
            <span className="text-muted">{hint}</span>
          )}
        </div>
      </div>
    </ControlContext>
  );
}

/** Connects a control to the Field around it. */
export function useControl() {
  const control = use(ControlContext);
  if (!control) {
    return {};
  }
  return {
    id: control.id,
    "aria-describedby": control.describedBy,
    "aria-invalid": control.invalid || undefined,
    "aria-required": control.required || undefined,
  };
}

const box =
  "w-full min-w-0 rounded-lg border border-control bg-raised px-3 text-base text-text transition-colors duration-120 " +
  "hover:border-muted focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent-text " +
  "aria-invalid:border-bad disabled:bg-sunken disabled:text-muted [&[readonly]]:bg-sunken max-sm:text-[16px]";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input autoComplete="off" {...useControl()} {...rest} className={cx(box, "h-9", className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea rows={4} {...useControl()} {...rest} className={cx(box, "resize-y py-2", className)} />;
}

export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select {...useControl()} {...rest} className={cx(box, "h-9 cursor-pointer pr-8", className)}>
      {children}
    </select>
  );
}

export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className={cx("flex cursor-pointer items-start gap-2.5 text-base", className)}>
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent" />
      <span className="min-w-0">
        {label}
        {hint ? <span className="block text-sm wrap-anywhere text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}

export function Switch({
  label,
  hint,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <label htmlFor={id} className="cursor-pointer">
        <span className="block">{label}</span>
        {hint ? <span className="block text-sm text-muted">{hint}</span> : null}
      </label>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className={cx(
          "relative mt-0.5 h-5 w-9 shrink-0 rounded-full border transition-colors duration-150 disabled:opacity-50",
          checked ? "border-accent bg-accent" : "border-control bg-sunken",
        )}
      >
        <span
          className={cx(
            "absolute top-0.5 left-0.5 size-3.5 rounded-full transition-transform duration-150",
            checked ? "translate-x-4 bg-white" : "bg-control",
          )}
        />
      </button>
    </div>
  );
}
