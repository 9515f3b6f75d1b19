import type { CipherRecord } from "../model/encrypted";
import type { CipherListItem, CipherTypeName } from "../model/view";
import type { SymmetricKey } from "../primitives/symmetric";
import { typeName } from "./cipherType";
import { itemKey } from "./itemKey";
import { isBlob, Opener, openUris, plainParts } from "./openCipher";

const joined = (separator: string, ...parts: readonly string[]) =>
  parts.filter((part) => part !== "").join(separator);

/** Only the end of a card or account number leaves the worker for a list. */
const lastDigits = (number: string) => (number.length > 4 ? `*${number.slice(-4)}` : "");

async function subtitle(open: Opener, cipher: CipherRecord, type: CipherTypeName | null): Promise<string> {
  switch (type) {
    case "login":
      return open.text(cipher.login?.username, "login.username");
    case "card": {
      const { brand, number } = await open.texts(["brand", "number"], cipher.card, "card");
      return joined(", ", brand, lastDigits(number));
    }
    case "identity": {
      const names = ["firstName", "middleName", "lastName"] as const;
      const { firstName, middleName, lastName } = await open.texts(names, cipher.identity, "identity");
      return joined(" ", firstName, middleName, lastName);
    }
    case "sshKey":
      return open.text(cipher.sshKey?.keyFingerprint, "sshKey.keyFingerprint");
    case "bankAccount": {
      const names = ["bankName", "accountNumber"] as const;
      const account = await open.texts(names, cipher.bankAccount, "bankAccount");
      return joined(", ", account.bankName, lastDigits(account.accountNumber));
    }
    case "driversLicense": {
      const names = ["firstName", "lastName"] as const;
      const { firstName, lastName } = await open.texts(names, cipher.driversLicense, "driversLicense");
      return joined(" ", firstName, lastName);
    }
    case "passport": {
      const names = ["givenName", "surname"] as const;
      const { givenName, surname } = await open.texts(names, cipher.passport, "passport");
      return joined(" ", givenName, surname);
    }
    default:
      return "";
  }
}

function flags(cipher: CipherRecord) {
  return {
    hasTotp: Boolean(cipher.login?.totp),
    hasPassword: Boolean(cipher.login?.password),
    hasPasskey: (cipher.login?.fido2Credentials?.length ?? 0) > 0,
    hasAttachments: (cipher.attachments?.length ?? 0) > 0,
  };
}

/** Opens what a list and its search need. Never rejects for a bad item: that one is listed as broken. */
export async function openListItem(cipher: CipherRecord, owner: SymmetricKey): Promise<CipherListItem> {
  const type = typeName(cipher.type);
  const parts = { ...plainParts(cipher), ...flags(cipher), type };
  try {
    if (isBlob(cipher)) return { ...parts, name: "", subtitle: "", uris: [], broken: true };
    const open = new Opener(await itemKey(owner, cipher.key));
    const [name, second, uris] = await Promise.all([
      open.text(cipher.name, "name"),
      subtitle(open, cipher, type),
      openUris(open, cipher.login, Boolean(cipher.key)),
    ]);
    return {
      ...parts,
      name,
      subtitle: second,
      uris: uris.map(({ uri }) => uri),
      broken: open.broken.includes("name"),
    };
  } catch {
    return { ...parts, name: "", subtitle: "", uris: [], broken: true };
  }
}
