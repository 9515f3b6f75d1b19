/** A whole number in 0 … bound-1, every one equally likely: values that would favour the low ones are drawn again. */
export function randomBelow(bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) throw new RangeError(`bound ${bound}`);
  const limit = 2 ** 32 - (2 ** 32 % bound);
  const draw = new Uint32Array(1);
  for (;;) {
    crypto.getRandomValues(draw);
    const value = draw[0] ?? limit;
    if (value < limit) return value % bound;
  }
}

export function randomOf<T>(values: ArrayLike<T>): T {
  return values[randomBelow(values.length)] as T;
}

/** Fisher–Yates, in place. */
export function shuffle<T>(values: T[]): T[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = randomBelow(i + 1);
    [values[i], values[j]] = [values[j] as T, values[i] as T];
  }
  return values;
}
