import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx";

const itemClass =
  "flex h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 outline-none " +
  "data-[highlighted]:bg-hover data-[disabled]:opacity-45";

export function Menu({
  trigger,
  children,
  align = "end",
  side = "bottom",
}: {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom" | "right";
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} side={side} className="z-50 outline-none">
          <Base.Popup className="pop max-h-[var(--available-height)] min-w-48 max-w-80 overflow-y-auto rounded-xl p-1.5 outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  icon,
  danger,
  disabled,
  onClick,
  children,
}: {
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Base.Item disabled={disabled ?? false} onClick={onClick} className={cx(itemClass, danger && "text-bad")}>
      <span className={cx("[&>svg]:size-4", !danger && "text-muted")}>{icon}</span>
      <span className="truncate">{children}</span>
    </Base.Item>
  );
}

export function MenuChoice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <div className="px-2.5 pt-1.5 pb-1 text-xs text-muted">{label}</div>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={itemClass}>
          <span className="w-4">
            <Base.RadioItemIndicator>
              <Check className="size-4 text-accent-text" />
            </Base.RadioItemIndicator>
          </span>
          {option.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

/** One of several that may be on at once; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  disabled,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Base.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled ?? false}
      closeOnClick={false}
      className={itemClass}
    >
      <span className="w-4 shrink-0">
        <Base.CheckboxItemIndicator>
          <Check className="size-4 text-accent-text" />
        </Base.CheckboxItemIndicator>
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Base.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1.5 h-px bg-line" />;
}

export function MenuNote({ children }: { children: ReactNode }) {
  return <div className="px-2.5 pt-1.5 pb-1 text-xs text-muted">{children}</div>;
}
