import { LoaderCircle } from "lucide-react";
import { type ComponentProps, type ReactNode, type Ref, useCallback, useLayoutEffect, useRef } from "react";
import { cx } from "./cx";
import { useWords } from "./words";

type Look = "primary" | "secondary" | "ghost" | "danger";
type Size = "md" | "sm";

const looks: Record<Look, string> = {
  primary: "bg-accent text-white hover:bg-accent-hover",
  secondary: "border border-line bg-raised text-text shadow-card hover:bg-hover",
  ghost: "text-text hover:bg-hover",
  danger: "bg-bad-solid text-white hover:brightness-110",
};
const sizes: Record<Size, string> = { md: "h-9 px-3.5", sm: "h-8 px-3 text-sm" };

/** Class names of a button, for links that look like one. */
export function buttonClass(look: Look = "secondary", size: Size = "md"): string {
  return cx(
    "inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap",
    "transition-colors duration-120 disabled:pointer-events-none disabled:opacity-50",
    "aria-disabled:opacity-50",
    looks[look],
    sizes[size],
  );
}

export type ButtonProps = ComponentProps<"button"> & {
  look?: Look;
  size?: Size;
  icon?: ReactNode;
  /** Work is under way: the button stays in place and says so. */
  pending?: boolean;
};

/** A button that waits cannot have the focus; it gets it back afterwards, unless something else took it. */
function useKeptFocus(pending: boolean, given: Ref<HTMLButtonElement> | undefined) {
  const button = useRef<HTMLButtonElement>(null);
  const had = useRef(false);
  useLayoutEffect(() => {
    if (pending) {
      had.current = document.activeElement === button.current;
    } else if (had.current) {
      had.current = false;
      if (document.activeElement === document.body) {
        button.current?.focus();
      }
    }
  }, [pending]);
  return useCallback(
    (node: HTMLButtonElement | null) => {
      button.current = node;
      if (typeof given === "function") {
        return given(node);
      }
      if (given) {
        given.current = node;
      }
    },
    [given],
  );
}

export function Button({
  look = "secondary",
  size = "md",
  icon,
  pending = false,
  className,
  children,
  ref,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      ref={useKeptFocus(pending, ref)}
      disabled={rest.disabled || pending}
      aria-busy={pending || undefined}
      className={cx(buttonClass(look, size), className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  label: string;
  icon: ReactNode;
  size?: Size;
};

/** A button without words; the label is its name and its tooltip. */
export function IconButton({ label, icon, size = "md", className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-lg text-muted transition-colors duration-120",
        "hover:bg-hover hover:text-text disabled:pointer-events-none disabled:opacity-40",
        size === "md" ? "size-9" : "size-8",
        className,
      )}
    >
      {icon}
    </button>
  );
}

export function Spinner() {
  const words = useWords();
  return <LoaderCircle className="size-4 animate-spin" role="img" aria-label={words.working} />;
}
