import { describe, expect, it } from "vitest";
import { newDraft } from "../model/draft";
import { fingerprintPhrase } from "../primitives/fingerprint";
import { password, person } from "../testdata/people";
import { askDevice, unlockWithApproval } from "./askDevice";
import { Keyring } from "./keyring";
import { openCipher } from "./openCipher";
import { enrolRecovery } from "./recovery";
import { sealCipher } from "./sealCipher";

const email = "ann@example.test";

describe("a device that asks to be let in", () => {
  it("opens the account with what another one encrypted to it", async () => {
    const ann = await person(email);
    const ring = new Keyring();
    const { publicKey, phrase } = await askDevice(ring, " Ann@Example.TEST");
    expect(phrase).toBe(await fingerprintPhrase(email, publicKey));
    const { resetPasswordKey } = await enrolRecovery(password, ann.keys, publicKey);
    const { userKey } = await unlockWithApproval(ring, resetPasswordKey, ann.keys);
    const sealed = await sealCipher({ ...newDraft("login"), name: "Bank" }, ann.ring.key(ann.userKey));
    const record = { ...sealed, id: "c", organizationId: null } as unknown as Parameters<
      typeof openCipher
    >[0];
    expect(await openCipher(record, ring.key(userKey))).toMatchObject({ name: "Bank" });
    expect(() => ring.asked()).toThrow("locked");
  });

  it("opens nothing with somebody else's key, with one for another request, or after a lock", async () => {
    const ann = await person(email);
    const other = await person("other@example.test");
    const ring = new Keyring();
    const { publicKey } = await askDevice(ring, email);
    const theirs = await enrolRecovery(password, other.keys, publicKey);
    await expect(unlockWithApproval(ring, theirs.resetPasswordKey, ann.keys)).rejects.toMatchObject({
      kind: "undecryptable",
    });
    const { resetPasswordKey } = await enrolRecovery(password, ann.keys, publicKey);
    await askDevice(ring, email);
    await expect(unlockWithApproval(ring, resetPasswordKey, ann.keys)).rejects.toMatchObject({
      kind: "undecryptable",
    });
    ring.clear();
    await expect(unlockWithApproval(ring, resetPasswordKey, ann.keys)).rejects.toMatchObject({
      kind: "locked",
    });
  });
});
