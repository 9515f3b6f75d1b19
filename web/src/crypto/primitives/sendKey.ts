import { type Bytes, concat, fromHex, toBase64, toBase64Url, utf8 } from "./bytes";
import { hkdf } from "./hkdf";
import { pbkdf2 } from "./kdf";

/** The key of a Send, from the 16-byte seed that its link carries. */
export const sendKey = (seed: Bytes): Promise<Bytes> => hkdf(seed, "bitwarden-send", "send", 64);

/** Gates the download on the server; the encryption does not depend on it. */
export const sendPasswordHash = async (password: string, seed: Bytes): Promise<string> =>
  toBase64(await pbkdf2(utf8(password), seed, 100_000));

/** The id in a link: the GUID's bytes in .NET order, its first three groups little-endian. */
export function accessId(sendId: string): string {
  const groups = sendId.split("-").map(fromHex);
  return toBase64Url(concat(...groups.map((group, index) => (index < 3 ? group.reverse() : group))));
}
