import { useMemo } from "react";
import { useLanguage } from "./index";

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const sizes = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** In steps of 1024, as official apps count. */
function sizeIn(locale: string) {
  const formats = sizes.map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        ...{ style: "unit", unit, maximumFractionDigits: 1 },
        unitDisplay: unit === "byte" ? "long" : "short",
      }),
  );
  return (bytes: number) => {
    const step = bytes < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(bytes) / 10));
    return formats[step]?.format(bytes / 1024 ** step) ?? "";
  };
}

/** Numbers and dates as people of the current language write them. */
export function useFormat() {
  const language = useLanguage();
  return useMemo(() => {
    const locale =
      language === "de" ? "de-DE" : (navigator.languages.find((tag) => tag.startsWith("en")) ?? "en");
    const numbers = new Intl.NumberFormat(locale);
    const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
    const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    const times = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    return {
      size: sizeIn(locale),
      number: (value: number) => numbers.format(value),
      date: (value: string) => days.format(new Date(value)),
      dateTime: (value: string) => moments.format(new Date(value)),
      time: (value: string) => times.format(new Date(value)),
      ago: (value: string) => {
        const seconds = (new Date(value).getTime() - Date.now()) / 1000;
        const unit = units.find(([, size]) => Math.abs(seconds) >= size);
        return unit ? relative.format(Math.round(seconds / unit[1]), unit[0]) : relative.format(0, "minute");
      },
    };
  }, [language]);
}
