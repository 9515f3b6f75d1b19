import { useMemo } from "react";
import type { CipherView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import type { SendStart } from "../model/form";
import { type ItemPart, partsOf, textOf, usualParts } from "../model/fromItem";

/** How a part of an item is called in the language of the moment. */
export function usePartName() {
  const t = useT();
  return (part: ItemPart): string =>
    "key" in part.label ? t(part.label.key as "vault.password") : part.label.text || t("vault.unnamedField");
}

/** The form for a Send out of an item: its usual parts, covered. */
export function useItemStart(item: CipherView | null): SendStart {
  const name = usePartName();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form begins once
  return useMemo(() => {
    if (!item) {
      return {};
    }
    const parts = partsOf(item);
    return { type: "text", name: item.name, text: textOf(parts, usualParts(parts), name), hidden: true };
  }, [item]);
}
