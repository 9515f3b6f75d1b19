import { Check } from "lucide-react";
import { handleError } from "@/app/errors";
import { api, vault } from "@/app/services";
import { useT } from "@/i18n";

const colors = ["#3451c9", "#0d6b85", "#14743a", "#7d5900", "#ad4508", "#b42318", "#b01855", "#6d32d4"];

export function AvatarColors({ current }: { current: string | null }) {
  const t = useT();
  async function choose(color: string) {
    try {
      await api.accounts.setAvatarColor(color);
      await vault.sync();
    } catch (error) {
      handleError(error, t("settings.notSaved"));
    }
  }
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t("settings.avatarColor")}</legend>
      {colors.map((color, at) => (
        <button
          key={color}
          type="button"
          aria-label={t("settings.color", { number: at + 1 })}
          aria-pressed={current === color}
          onClick={() => void choose(color)}
          style={{ backgroundColor: color }}
          className="flex size-7 items-center justify-center rounded-full text-white"
        >
          {current === color ? <Check className="size-4" aria-hidden /> : null}
        </button>
      ))}
    </fieldset>
  );
}
