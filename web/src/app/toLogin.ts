/** What the log-in needs to know to lead people on to where they wanted to go; the vault is where it leads anyway. */
export const toLogin = (href: string): { next?: string } => (href === "/vault" ? {} : { next: href });
