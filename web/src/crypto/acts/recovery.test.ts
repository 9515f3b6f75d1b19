import { describe, expect, it } from "vitest";
import type { OrgId } from "../model/ids";
import { password, person, quickKdf } from "../testdata/people";
import { createOrganizationKeys } from "./createKeys";
import { openKeys } from "./openKeys";
import { passwordHash } from "./passwordHash";
import { enrolRecovery, recoverAccount } from "./recovery";
import { createUserKey } from "./rotateUserKey";
import { unlockWithPassword } from "./unlockWithPassword";

const organizationId = "o" as OrgId;
const newPassword = "another invented password";

async function scene() {
  const admin = await person("admin@example.test");
  const ann = await person("ann@example.test");
  const made = await createOrganizationKeys(admin.ring, "General");
  const organizations = [{ id: organizationId, key: made.key }];
  const opened = await openKeys(admin.ring, { organizations, providers: [], clients: [] });
  const organizationKey = opened.organizations.get(organizationId);
  if (!organizationKey) throw new Error("the organization was not opened");
  const { publicKey, encryptedPrivateKey } = made.keyPair;
  return { admin, ann, publicKey, encryptedPrivateKey, organizationKey };
}

describe("account recovery", () => {
  it("gives an enrolled person a new password for the same user key", async () => {
    const { admin, ann, publicKey, ...organization } = await scene();
    const { masterPasswordHash, resetPasswordKey } = await enrolRecovery(password, ann.keys, publicKey);
    expect(resetPasswordKey).toMatch(/^4\./);
    const { salt, kdf } = ann.keys;
    expect(masterPasswordHash).toBe(await passwordHash({ password, salt, kdf }));

    const recovered = await recoverAccount(admin.ring, {
      ...organization,
      ...{ resetPasswordKey, salt, kdf: quickKdf, newPassword },
    });
    expect(recovered.newMasterPasswordHash).toBe(await passwordHash({ password: newPassword, salt, kdf }));
    const after = { ...ann.keys, wrappedUserKey: recovered.key };
    const before = await unlockWithPassword(ann.ring, password, ann.keys);
    expect((await unlockWithPassword(ann.ring, newPassword, after)).userKeyId).toBe(before.userKeyId);
    await expect(unlockWithPassword(ann.ring, password, after)).rejects.toMatchObject({
      kind: "wrongPassword",
    });
  });

  it("needs the person's password to enrol", async () => {
    const { ann, publicKey } = await scene();
    await expect(enrolRecovery("wrong", ann.keys, publicKey)).rejects.toMatchObject({
      kind: "wrongPassword",
    });
  });

  it("still works after the person's user key was rotated", async () => {
    const { admin, ann, publicKey, ...organization } = await scene();
    const rotated = await createUserKey(ann.ring, password, ann.keys, [{ organizationId, publicKey }]);
    const [recovery] = rotated.recoveryKeys;
    if (!recovery) throw new Error("no key for the organization");
    const { resetPasswordKey } = recovery;
    const { salt } = ann.keys;
    const { key } = await recoverAccount(admin.ring, {
      ...organization,
      ...{ resetPasswordKey, salt, kdf: quickKdf, newPassword },
    });
    const keys = { ...ann.keys, wrappedPrivateKey: rotated.wrappedPrivateKey, wrappedUserKey: key };
    expect((await unlockWithPassword(ann.ring, newPassword, keys)).userKeyId).toBe(rotated.userKeyId);
  });

  it("opens nothing that was given to another organization", async () => {
    const { admin, ann, ...organization } = await scene();
    const other = await scene();
    const { resetPasswordKey } = await enrolRecovery(password, ann.keys, other.publicKey);
    const { salt } = ann.keys;
    const attempt = recoverAccount(admin.ring, {
      ...organization,
      ...{ resetPasswordKey, salt, kdf: quickKdf, newPassword },
    });
    await expect(attempt).rejects.toMatchObject({ kind: "undecryptable" });
  });
});
