import { cx } from "./cx";

const toneCount = 12;

/** One of the twelve tenant colours, the same for the same seed on every machine. */
export function toneOf(seed: string): number {
  let hash = 2166136261;
  for (const char of seed) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  }
  return (hash >>> 0) % toneCount;
}

/** Up to two letters for a name: the first of its first two words. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = [...(words[0] ?? "?")];
  const second = words[1] ? [...words[1]][0] : first[1];
  return `${first[0] ?? "?"}${second ?? ""}`.toLocaleUpperCase();
}

const sizes = {
  sm: "size-6 text-[10px]",
  md: "size-8 text-xs",
  lg: "size-10 text-sm",
};

type AvatarProps = {
  name: string;
  /** What the colour is derived from; an id keeps it when the name changes. */
  seed: string;
  size?: keyof typeof sizes;
  /** A person is round, an organization is square. */
  round?: boolean;
  /** A colour that the person chose. */
  color?: string | null;
};

export function Avatar({ name, seed, size = "md", round, color }: AvatarProps) {
  return (
    <span
      aria-hidden
      data-tone={toneOf(seed)}
      style={color ? { backgroundColor: color, color: readableOn(color) } : undefined}
      className={cx(
        "inline-flex shrink-0 select-none items-center justify-center font-semibold tracking-wide",
        !color && "tone-solid",
        sizes[size],
        round ? "rounded-full" : size === "sm" ? "rounded-md" : "rounded-lg",
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

function readableOn(hex: string): string {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.19 ? "#16181d" : "#ffffff";
}
