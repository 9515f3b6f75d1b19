import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { explain } from "@/app/errors";
import { session, vault } from "@/app/services";
import { useT } from "@/i18n";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { AuthLayout, linkClass } from "./AuthLayout";

type AcceptStepProps = {
  title: string;
  badge: ReactNode;
  /** The address that was invited, and the one that is logged in. */
  invited: string;
  current: string;
  text: string;
  doneTitle: string;
  doneText: string;
  accept: () => Promise<unknown>;
  /** Something has to be typed or read before. */
  children?: ReactNode;
  /** It is not typed yet. */
  waiting?: boolean;
};

/** The last step of an invitation: one button, and what happens after it. */
export function AcceptStep(props: AcceptStepProps) {
  const t = useT();
  const navigate = useNavigate();
  const [state, setState] = useState<"asking" | "busy" | "done">("asking");
  const [error, setError] = useState<string>();
  const foreign = props.invited !== "" && props.invited.toLowerCase() !== props.current.toLowerCase();

  async function accept() {
    setState("busy");
    setError(undefined);
    try {
      await props.accept();
      setState("done");
      void vault.sync();
    } catch (caught) {
      setState("asking");
      setError(explain(caught, t));
    }
  }

  if (state === "done") {
    return (
      <AuthLayout title={props.doneTitle} badge={props.badge} intro={props.doneText}>
        <Button look="primary" className="w-full" onClick={() => void navigate({ to: "/vault" })}>
          {t("auth.toVault")}
        </Button>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={props.title}
      badge={props.badge}
      intro={props.text}
      footer={
        <button type="button" className={linkClass} onClick={() => void session.logout("user")}>
          {t("auth.otherAccount")}
        </button>
      }
    >
      <div className="flex flex-col gap-5">
        {foreign ? (
          <Callout mood="warn">
            {t("auth.otherAddress", { invited: props.invited, current: props.current })}
          </Callout>
        ) : null}
        {props.children}
        {error ? (
          <div role="alert">
            <Callout mood="bad">{error}</Callout>
          </div>
        ) : null}
        <Button
          look="primary"
          pending={state === "busy"}
          disabled={foreign || (props.waiting ?? false)}
          onClick={() => void accept()}
        >
          {t("auth.acceptAs", { email: props.current })}
        </Button>
      </div>
    </AuthLayout>
  );
}
