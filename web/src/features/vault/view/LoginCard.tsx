import { ExternalLink } from "lucide-react";
import type { CipherView, LoginView } from "@/crypto/model/view";
import { useT } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { CopyButton } from "@/ui/CopyButton";
import { Card, Row, SecretRow, TextRow } from "./Card";
import { TotpRow } from "./TotpRow";

export function LoginCard({ login, item }: { login: LoginView; item: CipherView }) {
  const t = useT();
  const format = useFormat();
  const uris = login.uris.filter((uri) => uri.uri !== "");
  const passkey = login.passkeys[0];
  const anything = login.username || login.password || login.totp || passkey;
  return (
    <>
      {anything ? (
        <Card>
          {login.username ? <TextRow label={t("vault.username")} value={login.username} /> : null}
          {login.password ? (
            <SecretRow label={t("vault.password")} value={login.password} covered={!item.viewPassword} />
          ) : null}
          {login.totp ? <TotpRow secret={login.totp} /> : null}
          {passkey ? (
            <Row label={t("vault.passkey")}>
              <span className="leading-8">
                {t("vault.passkeySince", { date: format.date(passkey.creationDate) })}
              </span>
            </Row>
          ) : null}
        </Card>
      ) : null}
      {uris.length > 0 ? (
        <Card plain title={t("vault.websites")}>
          {uris.map((uri, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an address may occur twice, and the list does not move
            <div key={`${at}-${uri.uri}`} className="flex items-center gap-1 px-4 py-1.5">
              <span className="min-w-0 flex-1 truncate" title={uri.uri}>
                {uri.uri}
              </span>
              {uri.match === null ? null : (
                <span className="text-xs text-muted">{t(`vault.match.${uri.match}`)}</span>
              )}
              <CopyButton value={uri.uri} open label={t("vault.copyField", { field: t("vault.website") })} />
              <OpenLink uri={uri.uri} />
            </div>
          ))}
        </Card>
      ) : null}
    </>
  );
}

/** Only addresses of the web can be opened: a stored `javascript:` must not run here. */
function OpenLink({ uri }: { uri: string }) {
  const t = useT();
  const target = /^https?:\/\//i.test(uri)
    ? uri
    : /^[\w-]+(\.[\w-]+)+([/:?#]|$)/.test(uri)
      ? `https://${uri}`
      : null;
  return target ? (
    <a
      href={target}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t("vault.openWebsite")}
      title={t("vault.openWebsite")}
      className="inline-flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-text"
    >
      <ExternalLink className="size-4" />
    </a>
  ) : null;
}
