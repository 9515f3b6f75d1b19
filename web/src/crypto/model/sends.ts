import type { EncText } from "./encrypted";
import type { SendId } from "./ids";

/**
 * A Send has a seed of its own: it is in the link, never at the server, and everything that the Send says is under
 * the key that is derived from it. The owner keeps the seed under the user key.
 */
export interface SendRecord {
  readonly id: SendId;
  /** How the link names it. */
  readonly accessId: string;
  /** 0 text, 1 file. */
  readonly type: number;
  readonly authType?: number;
  readonly name: EncText;
  readonly notes?: EncText | null;
  /** The seed under the user key. */
  readonly key: EncText;
  readonly text?: { readonly text: EncText | null; readonly hidden?: boolean } | null;
  readonly file?: EncryptedSendFile | null;
  readonly maxAccessCount?: number | null;
  readonly accessCount: number;
  /** Says only that there is one. */
  readonly password?: string | null;
  /** Separated by commas, lower case. */
  readonly emails?: string | null;
  readonly disabled: boolean;
  readonly hideEmail: boolean;
  readonly revisionDate: string;
  readonly deletionDate: string;
  readonly expirationDate?: string | null;
}

export interface EncryptedSendFile {
  readonly id: string;
  readonly fileName: EncText;
  readonly size?: string | null;
  readonly sizeName?: string | null;
}

/** 0 a code by e-mail, 1 a password, 2 the link alone. */
export type SendAuthType = 0 | 1 | 2;

/** A Send as a request carries it. */
export interface EncryptedSend {
  readonly type: 0 | 1;
  readonly authType: SendAuthType;
  readonly name: EncText;
  readonly notes: EncText | null;
  readonly key: EncText;
  readonly text: { readonly text: EncText; readonly hidden: boolean } | null;
  readonly file: { readonly fileName: EncText } | null;
  readonly maxAccessCount: number | null;
  /** A hash of it that only who has the link can make; null leaves the password as it is. */
  readonly password: string | null;
  readonly emails: string | null;
  readonly disabled: boolean;
  readonly hideEmail: boolean;
  readonly deletionDate: string;
  readonly expirationDate: string | null;
}

/** A Send with its seed under another user key. Without a password: the server keeps the one it has. */
export interface RewrappedSend extends Omit<EncryptedSend, "text" | "file"> {
  readonly id: SendId;
  readonly text: { readonly text: EncText | null; readonly hidden: boolean } | null;
  readonly file: { readonly fileName: EncText } | null;
}

/** Who may open a Send besides knowing its link. */
export type SendProtection =
  | { readonly kind: "link" }
  /** "" keeps the password that there is. */
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "emails"; readonly emails: readonly string[] };

export type SendTypeName = "text" | "file";

/** What a person writes. The file itself goes beside it. */
export interface SendDraft {
  readonly type: SendTypeName;
  readonly name: string;
  readonly notes: string;
  /** Of a text. */
  readonly text: string;
  /** The recipient uncovers the text first. */
  readonly hidden: boolean;
  /** Of a file. */
  readonly fileName: string;
  readonly maxAccessCount: number | null;
  readonly deletionDate: string;
  readonly expirationDate: string | null;
  readonly protection: SendProtection;
  readonly disabled: boolean;
  readonly hideEmail: boolean;
}

/** What a list of Sends shows: neither text nor notes, and not the key of the link. */
export interface SendListItem {
  readonly id: SendId;
  /** null for a type that this version does not know; such a Send can be listed and deleted. */
  readonly type: SendTypeName | null;
  /** "" when `broken`. */
  readonly name: string;
  readonly file: { readonly id: string; readonly name: string; readonly size: number } | null;
  readonly protection: SendProtection;
  readonly accessCount: number;
  readonly maxAccessCount: number | null;
  readonly disabled: boolean;
  readonly hideEmail: boolean;
  readonly revisionDate: string;
  readonly deletionDate: string;
  readonly expirationDate: string | null;
  readonly broken: boolean;
}

export interface SendView extends SendListItem {
  readonly text: string;
  readonly hidden: boolean;
  readonly notes: string;
}

/** What the server gives to somebody with a link. */
export interface SendAccessRecord {
  readonly id: string;
  readonly type: number;
  readonly name: EncText;
  readonly text?: { readonly text: EncText | null; readonly hidden?: boolean } | null;
  readonly file?: EncryptedSendFile | null;
  readonly expirationDate?: string | null;
  /** The sender's address, unless they chose not to show it. */
  readonly creatorIdentifier?: string | null;
}

/** The same, opened with the key in the link. */
export interface ReceivedSend {
  readonly type: SendTypeName | null;
  readonly name: string;
  readonly text: string;
  readonly hidden: boolean;
  readonly file: { readonly id: string; readonly name: string; readonly size: number } | null;
  readonly expirationDate: string | null;
  readonly sender: string | null;
}
