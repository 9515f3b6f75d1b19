/** Numbers of the protocol for browsers that run the web app. */
const browsers: readonly (readonly [RegExp, number, string])[] = [
  [/\bEdg\//, 12, "Edge"],
  [/\bVivaldi\//, 18, "Vivaldi"],
  [/\bOPR\//, 11, "Opera"],
  [/\bFirefox\//, 10, "Firefox"],
  [/\b(Chrome|Chromium)\//, 9, "Chrome"],
  [/\bSafari\//, 17, "Safari"],
];

export interface Device {
  readonly type: number;
  readonly name: string;
  readonly identifier: string;
}

export function deviceOf(userAgent: string, identifier: string): Device {
  const found = browsers.find(([pattern]) => pattern.test(userAgent));
  return { type: found?.[1] ?? 14, name: found?.[2] ?? "Browser", identifier };
}
