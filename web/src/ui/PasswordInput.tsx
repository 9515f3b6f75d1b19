import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";
import { IconButton } from "./Button";
import { cx } from "./cx";
import { Input } from "./Field";
import { useWords } from "./words";

/** A covered text field. `extra` holds further buttons, for example a generator. */
export function PasswordInput({
  extra,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { extra?: ReactNode }) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  return (
    <div className="relative flex items-center">
      <Input
        spellCheck={false}
        autoCapitalize="none"
        {...rest}
        type={shown ? "text" : "password"}
        className={cx("font-mono", extra ? "pr-[4.6rem]" : "pr-10", className)}
      />
      <div className="absolute right-0.5 flex">
        {extra}
        <IconButton
          size="sm"
          label={shown ? words.hide : words.show}
          aria-pressed={shown}
          icon={shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
          onClick={() => setShown(!shown)}
        />
      </div>
    </div>
  );
}
