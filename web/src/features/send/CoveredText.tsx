import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { cx } from "@/ui/cx";

type CoveredTextProps = {
  text: string;
  words: { readonly uncover: string; readonly cover: string; readonly copy: string };
  /** Not covered to begin with. */
  open?: boolean;
  /** Copying it is what somebody came for. */
  primary?: boolean;
  onCopied?: () => void;
};

/** A text of any length, covered until asked for, copied without being shown. */
export function CoveredText({ text, words, open = false, primary = false, onCopied }: CoveredTextProps) {
  const [shown, setShown] = useState(open);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="flex flex-col gap-2">
      <div
        className={cx(
          "max-h-80 min-h-9 overflow-y-auto rounded-lg bg-sunken px-3 py-2 font-mono text-sm",
          // It may be marked by hand as well as copied by the button.
          "break-words whitespace-pre-wrap select-text wrap-anywhere",
        )}
        // What scrolls must be reachable by keyboard.
        tabIndex={shown ? 0 : undefined}
      >
        {shown ? text : <span aria-hidden>••••••••••••••••</span>}
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          wordy
          focused={primary}
          look={primary ? "primary" : "secondary"}
          value={text}
          label={words.copy}
          {...(onCopied && { onCopied })}
        />
        <Button
          look="ghost"
          aria-pressed={shown}
          icon={<Icon className="size-4" />}
          onClick={() => setShown(!shown)}
        >
          {shown ? words.cover : words.uncover}
        </Button>
      </div>
    </div>
  );
}
