import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** Leads elsewhere inside the app, once, however often it is rendered while the other page loads. */
export function GoTo({ href }: { href: string }) {
  const router = useRouter();
  useEffect(() => {
    router.history.replace(href);
  }, [router, href]);
  return null;
}
