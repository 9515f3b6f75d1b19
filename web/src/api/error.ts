/** The server answered, and said no. `message` is a sentence for a person, in the server's words. */
export class ApiError extends Error {
  readonly status: number;
  /** By field name as the server spells it; "" holds what belongs to no field. */
  readonly fields: Readonly<Record<string, readonly string[]>>;

  constructor(status: number, message: string, fields: Readonly<Record<string, readonly string[]>> = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.fields = fields;
  }
}

export type IdentityErrorKind =
  | "wrongPassword"
  | "twoFactorRequired"
  | "twoFactorCodeWrong"
  | "newDevice"
  | "newDeviceCodeWrong"
  | "sessionExpired"
  | "other";

/** The token endpoint refused. */
export class IdentityError extends ApiError {
  readonly kind: IdentityErrorKind;
  /** Numbers of the second factors on offer, as text; only for `twoFactorRequired`. */
  readonly providers: readonly string[];
  /** What is missing to open a Send, in the word of the wire. */
  readonly send: string | null;

  constructor(
    kind: IdentityErrorKind,
    status: number,
    message: string,
    providers: readonly string[] = [],
    send: string | null = null,
  ) {
    super(status, message);
    this.name = "IdentityError";
    this.kind = kind;
    this.providers = providers;
    this.send = send;
  }
}

/** No answer at all: offline, refused, or cut off. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super("The server could not be reached.", { cause });
    this.name = "NetworkError";
  }
}

type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Looks a member up whatever the case of its name: the wire mixes camelCase and PascalCase. */
export function member(value: unknown, name: string): unknown {
  if (!isRecord(value)) return undefined;
  if (name in value) return value[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === wanted);
  return key === undefined ? undefined : value[key];
}

export function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function fieldErrors(body: unknown): Record<string, string[]> {
  const errors = member(body, "validationErrors");
  if (!isRecord(errors)) return {};
  return Object.fromEntries(
    Object.entries(errors).map(([field, messages]) => [
      field,
      (Array.isArray(messages) ? messages : [messages]).filter((m): m is string => typeof m === "string"),
    ]),
  );
}

const rateLimited = "Too many requests. Wait a moment and try again.";

export function apiError(status: number, body: unknown): ApiError {
  if (status === 429) return new ApiError(status, rateLimited);
  const fields = fieldErrors(body);
  const first = Object.values(fields).flat()[0];
  const message = first ?? text(member(body, "message")) ?? (typeof body === "string" && body ? body : null);
  return new ApiError(status, message ?? `The server answered with status ${status}.`, fields);
}

function identityKind(body: unknown, message: string): IdentityErrorKind {
  if (isRecord(member(body, "TwoFactorProviders2"))) return "twoFactorRequired";
  const code = text(member(body, "error"));
  const lower = message.toLowerCase();
  if (code === "device_error" && lower.startsWith("new device")) return "newDevice";
  if (code === "device_error" && lower.startsWith("invalid new device")) return "newDeviceCodeWrong";
  // Said with the description of a wrong password, so that old clients show their usual sentence.
  if (lower.startsWith("two-step token")) return "twoFactorCodeWrong";
  if (text(member(body, "error_description")) === "invalid_username_or_password") return "wrongPassword";
  if (code === "invalid_grant" && member(body, "ErrorModel") === undefined) return "sessionExpired";
  return "other";
}

export function identityError(status: number, body: unknown): ApiError {
  if (status === 429 || !isRecord(body)) return apiError(status, body);
  const message =
    text(member(member(body, "ErrorModel"), "message")) ??
    text(member(body, "error_description")) ??
    text(member(body, "message")) ??
    `The server answered with status ${status}.`;
  const offered = member(body, "TwoFactorProviders2");
  return new IdentityError(
    identityKind(body, message),
    status,
    message,
    isRecord(offered) ? Object.keys(offered) : [],
    text(member(body, "send_access_error_type")),
  );
}
