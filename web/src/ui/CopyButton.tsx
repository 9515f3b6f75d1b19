import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps, IconButton } from "./Button";
import { copySecret, copyText } from "./clipboard";
import { cx } from "./cx";
import { toast } from "./Toast";
import { useWords } from "./words";

type CopyButtonProps = {
  value: string | (() => Promise<string>);
  /** What is copied, for the accessible name: "Copy password". */
  label?: string;
  /** A value that is no secret stays on the clipboard. */
  open?: boolean;
  /** Shows the label instead of the icon alone. */
  wordy?: boolean;
  /** Of the button with words. */
  look?: ButtonProps["look"];
  /** It is what somebody came for. */
  focused?: boolean;
  onCopied?: () => void;
};

export function CopyButton({
  value,
  label,
  open,
  wordy,
  look = "secondary",
  focused = false,
  onCopied,
}: CopyButtonProps) {
  const words = useWords();
  const [done, setDone] = useState(false);

  useEffect(() => {
    if (!done) {
      return;
    }
    const timer = setTimeout(() => setDone(false), 1600);
    return () => clearTimeout(timer);
  }, [done]);

  async function copy() {
    try {
      const text = typeof value === "string" ? value : await value();
      await (open ? copyText(text) : copySecret(text));
      setDone(true);
      onCopied?.();
    } catch {
      toast({ title: words.copyFailed, mood: "bad" });
    }
  }

  const name = done ? words.copied : (label ?? words.copy);
  const icon = done ? (
    <Check className={cx("size-4", look !== "primary" && "text-good")} />
  ) : (
    <Copy className="size-4" />
  );
  return wordy ? (
    <Button icon={icon} look={look} autoFocus={focused} onClick={copy}>
      {name}
    </Button>
  ) : (
    <IconButton size="sm" label={name} icon={icon} onClick={copy} />
  );
}
