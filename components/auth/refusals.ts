/** Why a log-in elsewhere did not lead in, by the words that the address carries; what it carries besides is not shown. */
const refusals: Record<string, string> = {
  unverified: "Your provider does not vouch for an e-mail address of yours: verify one there, then try again.",
  exists:
    "An account has this address already. Log in with its password once, and connect your other log-in on the account page.",
  other: "That log-in has another e-mail address than this account: only one with the same address can be connected.",
  taken: "That log-in belongs to another account here.",
  closed: "Accounts are made by invitation here: ask an admin of your team for one.",
  homeless: "You belong to no organisation any more: ask an admin of one for an invitation.",
};

/** next-auth's own words for what went wrong on the way. */
const failures = new Set(["OAuthSignin", "OAuthCallback", "Callback", "AccessDenied", "Configuration"]);

/** What to tell somebody who comes back with `refused` or `error` in the address. */
export function refusalOf(refused: unknown, error: unknown): string | undefined {
  if (typeof refused === "string" && Object.hasOwn(refusals, refused)) return refusals[refused];
  if (typeof error === "string" && failures.has(error))
    return "The log-in at your provider did not succeed: try again, or log in by password.";
  return undefined;
}
