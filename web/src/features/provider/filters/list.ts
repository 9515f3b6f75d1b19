/** Several values in one parameter of the address, with commas between. */
export const listOf = (text: string | undefined): readonly string[] =>
  (text ?? "").split(",").filter((part) => part !== "");

export const textOf = (list: readonly string[]): string | undefined => list.join(",") || undefined;
