import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "./Button";
import { CopyButton } from "./CopyButton";
import { cx } from "./cx";
import { useWords } from "./words";

/** A secret: covered until asked for, copied without being shown. */
export function MaskedValue({
  value,
  copyLabel,
  extra,
  onReveal,
  onCopied,
}: {
  value: string;
  copyLabel: string;
  extra?: ReactNode;
  onReveal?: () => void;
  onCopied?: () => void;
}) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  return (
    <div className="flex items-center gap-1">
      <div className="min-w-0 flex-1 font-mono">
        {shown ? <ColoredSecret value={value} /> : <span aria-hidden>••••••••••••</span>}
      </div>
      {extra}
      <IconButton
        size="sm"
        label={shown ? words.hide : words.show}
        icon={shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        onClick={() => {
          if (!shown) {
            onReveal?.();
          }
          setShown(!shown);
        }}
      />
      <CopyButton value={value} label={copyLabel} {...(onCopied && { onCopied })} />
    </div>
  );
}

/** Digits and symbols in their own colours, so that 0 and O, 1 and l are told apart. */
export function ColoredSecret({ value, className }: { value: string; className?: string }) {
  const parts = [...value.matchAll(/\p{N}+|[\p{L}\s]+|[^\p{L}\p{N}\s]+/gu)].map((match) => ({
    at: match.index,
    text: match[0],
  }));
  return (
    <span className={cx("font-mono break-all whitespace-pre-wrap", className)}>
      {parts.map((part) => (
        <span key={part.at} className={toneOf(part.text)}>
          {part.text}
        </span>
      ))}
    </span>
  );
}

function toneOf(text: string): string {
  if (/^\p{N}/u.test(text)) {
    return "text-digit";
  }
  return /^[\p{L}\s]/u.test(text) ? "text-text" : "text-symbol";
}
