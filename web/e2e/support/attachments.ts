import { importStretched } from "../../src/crypto/acts/masterKey.ts";
import { sealFile } from "../../src/crypto/primitives/encFile.ts";
import { defaultKdf, deriveMasterKey } from "../../src/crypto/primitives/kdf.ts";
import { importKey, openBytes, type SymmetricKey } from "../../src/crypto/primitives/symmetric.ts";
import type { Page } from "./fixtures.ts";
import type { Person } from "./people.ts";

type Synced = {
  profile: { key: string };
  ciphers: { id: string; attachments: { fileName: string }[] | null }[];
};

async function token(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { tokens } = JSON.parse(sessionStorage.getItem("kastellan.session") ?? "{}") as {
      tokens: { access: string };
    };
    return tokens.access;
  });
}

/** The key of an account, which all of its oldest files are under. */
async function userKey({ email, password }: Person, { profile }: Synced): Promise<SymmetricKey> {
  const masterKey = await deriveMasterKey(password, email, defaultKdf);
  return importKey(await openBytes(await importStretched(masterKey), profile.key));
}

/**
 * Attaches a file as the oldest clients did: without a key of its own. It takes the name of a file that is there. Only
 * its owner can read it; without an owner nobody can.
 */
export async function attachOld(page: Page, owner?: Person, content = ""): Promise<void> {
  const headers = { Authorization: `Bearer ${await token(page)}` };
  const origin = new URL(page.url()).origin;
  const synced = (await (await page.request.get(`${origin}/api/sync`, { headers })).json()) as Synced;
  const item = synced.ciphers.find(({ attachments }) => attachments);
  const noise = Buffer.alloc(48_049, 7).fill(2, 0, 1);
  const buffer = owner
    ? Buffer.from(await sealFile(await userKey(owner, synced), new TextEncoder().encode(content)))
    : noise;
  const name = item?.attachments?.[0]?.fileName ?? "";
  const sent = await page.request.post(`${origin}/api/ciphers/${item?.id}/attachment`, {
    headers,
    multipart: { data: { name, mimeType: "application/octet-stream", buffer } },
  });
  if (!sent.ok()) throw new Error(await sent.text());
}
