/*
 * The policy that Trusted Types ask for: scripts (workers, that is) come from our own folder of built files, and
 * nothing may be turned into markup.
 */
type Policy = { createScriptURL: (url: string) => string };
type Factory = { createPolicy: (name: string, policy: Policy) => unknown };

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;

factory?.createPolicy("default", {
  createScriptURL: (url) => {
    const target = new URL(url, location.href);
    if (target.origin !== location.origin || !target.pathname.startsWith("/assets/")) {
      throw new TypeError("Refused to load a script from outside the app.");
    }
    return url;
  },
});
