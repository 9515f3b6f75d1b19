import { wipe } from "../primitives/bytes";
import { authHash, deriveMasterKey } from "../primitives/kdf";
import type { PasswordInput } from "../proxy";

export async function passwordHash(input: PasswordInput): Promise<string> {
  const masterKey = await deriveMasterKey(input.password, input.salt, input.kdf);
  try {
    return await authHash(masterKey, input.password);
  } finally {
    wipe(masterKey);
  }
}
