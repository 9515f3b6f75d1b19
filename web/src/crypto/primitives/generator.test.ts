import { describe, expect, it } from "vitest";
import { defaultPassword, generatePassphrase, generatePassword, generateUsername } from "./generator";
import { randomBelow } from "./random";

const many = (make: () => string) => Array.from({ length: 200 }, make);

describe("generatePassword", () => {
  it("has the default shape", () => {
    for (const password of many(() => generatePassword())) {
      expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9]{14}$/);
    }
  });

  it("keeps the minima of each class", () => {
    const options = { ...defaultPassword, length: 12, special: true, minNumbers: 4, minSpecial: 3 };
    for (const password of many(() => generatePassword(options))) {
      expect(password.replace(/[^0-9]/g, "").length).toBeGreaterThanOrEqual(4);
      expect(password.replace(/[^!@#$%^&*]/g, "").length).toBeGreaterThanOrEqual(3);
      expect(password.length).toBe(12);
    }
  });

  it("leaves out what looks alike", () => {
    const options = { ...defaultPassword, length: 128, avoidAmbiguous: true };
    for (const password of many(() => generatePassword(options))) expect(password).not.toMatch(/[IOl01]/);
  });

  it("clamps what is out of range, and grows when the minima need it", () => {
    expect(generatePassword({ ...defaultPassword, length: 1 }).length).toBe(5);
    expect(generatePassword({ ...defaultPassword, length: 9999 }).length).toBe(128);
    const greedy = { ...defaultPassword, length: 5, special: true, minNumbers: 9, minSpecial: 9 };
    expect(generatePassword(greedy).length).toBe(20);
  });

  it("never comes out empty", () => {
    const none = { ...defaultPassword, uppercase: false, lowercase: false, numbers: false, special: false };
    expect(generatePassword(none)).toMatch(/^[a-z]{14}$/);
  });
});

describe("generatePassphrase", () => {
  it("joins words, with one digit and capitals when asked", async () => {
    expect(await generatePassphrase()).toMatch(/^[a-z]+(-[a-z]+){5}$/);
    const phrase = await generatePassphrase({
      words: 4,
      separator: "_",
      capitalize: true,
      includeNumber: true,
    });
    expect(phrase).toMatch(/^[A-Z][a-z]+[0-9]?(_[A-Z][a-z]+[0-9]?){3}$/);
    expect(phrase.replace(/[^0-9]/g, "").length).toBe(1);
  });
});

describe("generateUsername", () => {
  it.each([
    [{ kind: "word", capitalize: true, includeNumber: true }, /^[A-Z][a-z]+[0-9]{4}$/],
    [{ kind: "plusAddress", email: "ann@example.test" }, /^ann\+[a-z0-9]{8}@example\.test$/],
    [{ kind: "catchAll", domain: "example.test" }, /^[a-z0-9]{8}@example\.test$/],
  ] as const)("%o", async (options, shape) => {
    expect(await generateUsername(options)).toMatch(shape);
  });
});

describe("randomBelow", () => {
  it("gives every value about equally often", () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 9000; i++) {
      const value = randomBelow(3);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    // Six standard deviations: fails once in 500 million runs when right.
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(270);
  });

  it("refuses an impossible bound", () => {
    expect(() => randomBelow(0)).toThrow(RangeError);
  });
});
