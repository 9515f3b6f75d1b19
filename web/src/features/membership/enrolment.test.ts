import { describe, expect, it } from "vitest";
import type { OrgId } from "@/crypto/model/ids";
import { enrolmentOf } from "./enrolment";

const id = "o" as OrgId;
const policy = (enabled: boolean, data = {}, organizationId = id, type = 8) => ({
  ...{ organizationId, type, enabled, data },
});

describe("enrolment in account recovery", () => {
  it.each([
    ["without a policy", [], { enrolled: false, offered: false, everybody: false }],
    ["while the policy is off", [policy(false)], { enrolled: false, offered: false, everybody: false }],
    ["with the policy", [policy(true)], { enrolled: false, offered: true, everybody: false }],
    [
      "with a policy for everybody",
      [policy(true, { autoEnrollEnabled: true })],
      { enrolled: false, offered: true, everybody: true },
    ],
    [
      "with the policy of another organization",
      [policy(true, {}, "p" as OrgId)],
      { enrolled: false, offered: false, everybody: false },
    ],
    ["with another policy", [policy(true, {}, id, 3)], { enrolled: false, offered: false, everybody: false }],
  ])("%s", (_, policies, expected) => {
    expect(enrolmentOf({ id, useResetPassword: true }, policies)).toEqual(expected);
  });

  it("can still be withdrawn when the organization gave recovery up", () => {
    expect(enrolmentOf({ id, useResetPassword: true, resetPasswordEnrolled: true }, [])).toEqual({
      enrolled: true,
      offered: false,
      everybody: false,
    });
  });
});
