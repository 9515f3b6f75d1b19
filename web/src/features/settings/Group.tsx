import type { FormEvent, ReactNode } from "react";
import { Callout } from "@/ui/Badge";
import { Button } from "@/ui/Button";

type GroupProps = { title: string; text?: ReactNode; children: ReactNode };

/** One matter of the settings. */
export function Group({ title, text, children }: GroupProps) {
  return (
    <section>
      <h2 className="text-md font-semibold">{title}</h2>
      {text ? <p className="mt-1 text-muted">{text}</p> : null}
      <div className="mt-4">{children}</div>
    </section>
  );
}

type FormProps = {
  action: string;
  look?: "primary" | "danger";
  busy: boolean;
  ready: boolean;
  error: string | undefined;
  onSubmit: () => void;
  children: ReactNode;
};

/** A short form with one button. */
export function SettingsForm({
  action,
  look = "primary",
  busy,
  ready,
  error,
  onSubmit,
  children,
}: FormProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {children}
      {error ? (
        <div role="alert">
          <Callout mood="bad">{error}</Callout>
        </div>
      ) : null}
      <Button type="submit" look={look} pending={busy} disabled={!ready} className="self-start">
        {action}
      </Button>
    </form>
  );
}
