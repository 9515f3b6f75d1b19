import { expectTypeOf, it } from "vitest";
import type { EncryptedCipher } from "@/crypto/model/encrypted";
import type { SendDraft, SendView } from "@/crypto/model/sends";
import type { CipherDraft, CipherView } from "@/crypto/model/view";
import type { CryptoProxy } from "@/crypto/proxy";
import type { Api } from "./index";
import type { SendsApi } from "./sends";

type SentSend = Parameters<SendsApi["create"]>[0];
type Sent = Parameters<Api["ciphers"]["create"]>[0];

// Checked by the compiler: `npm run check` fails when one of these is no longer true.
it("lets no plaintext into a request", () => {
  expectTypeOf<CipherView>().not.toExtend<Sent>();
  expectTypeOf<CipherDraft>().not.toExtend<Sent>();
  expectTypeOf<Omit<EncryptedCipher, "name"> & { name: string }>().not.toExtend<Sent>();
  expectTypeOf<Omit<EncryptedCipher, "login"> & { login: { password: string } }>().not.toExtend<Sent>();
  expectTypeOf<SendDraft>().not.toExtend<SentSend>();
  expectTypeOf<SendView>().not.toExtend<SentSend>();
  expectTypeOf<Awaited<ReturnType<CryptoProxy["sealSend"]>>>().toExtend<SentSend>();
  expectTypeOf<string>().not.toExtend<Parameters<Api["folders"]["create"]>[0]>();
  expectTypeOf<string>().not.toExtend<Parameters<Api["organizations"]["createCollection"]>[1]["name"]>();
  expectTypeOf<Awaited<ReturnType<CryptoProxy["sealCipher"]>>>().toExtend<Sent>();
  expectTypeOf<Awaited<ReturnType<CryptoProxy["sealName"]>>>().toExtend<
    Parameters<Api["folders"]["create"]>[0]
  >();
});
