import type { Page } from "@playwright/test";

/**
 * Attaches a file as the oldest clients did: without a key of its own. It takes the name of a file that is there; what
 * is in it nobody can read.
 */
export async function attachOld(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { tokens } = JSON.parse(sessionStorage.getItem("kastellan.session") ?? "{}") as {
      tokens: { access: string };
    };
    const headers = { Authorization: `Bearer ${tokens.access}` };
    const answer = await fetch("/api/sync", { headers });
    const { ciphers } = (await answer.json()) as {
      ciphers: { id: string; attachments: { fileName: string }[] | null }[];
    };
    const item = ciphers.find(({ attachments }) => attachments);
    const form = new FormData();
    const body = crypto.getRandomValues(new Uint8Array(48_049));
    body[0] = 2;
    form.set("data", new Blob([body]), item?.attachments?.[0]?.fileName ?? "");
    const sent = await fetch(`/api/ciphers/${item?.id}/attachment`, { method: "POST", headers, body: form });
    if (!sent.ok) throw new Error(await sent.text());
  });
}
