import { expect, it } from "vitest";
import { note, whenSaved } from "./unsaved";

it("what would change the page waits for the last form", () => {
  const done: string[] = [];
  const act = () => void done.push("act");
  whenSaved(act);
  expect(done).toEqual(["act"]);
  const [first, second] = [note(), note()];
  whenSaved(act);
  whenSaved(act);
  first();
  first();
  expect(done).toEqual(["act"]);
  second();
  expect(done).toEqual(["act", "act"]);
});
