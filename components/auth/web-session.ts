import { unanswered } from "#components/ui/unanswered.ts";

const timeoutMs = 30_000;

async function post(path: string, fields: Record<string, string>): Promise<URL> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { csrfToken } = (await (await fetch("/api/auth/csrf", { signal })).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const answer = await fetch(`/api/auth/${path}`, { method: "POST", body, signal });
  const { url } = (await answer.json()) as { url: string };
  return new URL(url, location.origin);
}

const refusals: Record<string, string> = {
  OAuthSignin: "The log-in provider did not answer: try again, or log in by password.",
  CredentialsSignin: "The e-mail address or the password is wrong.",
};

/** Logs this browser in; answers why it could not, or nothing. */
export async function logIn(email: string, password: string): Promise<string | undefined> {
  try {
    const url = await post("callback/credentials", { email, password });
    const refusal =
      url.searchParams.get("error") ?? (url.searchParams.has("csrf") ? "This page is too old: reload it." : null);
    return refusal === null ? undefined : (refusals[refusal] ?? refusal);
  } catch {
    return unanswered;
  }
}

/** Goes to log in at `provider`, which leads back to `next`, a path of ours; answers why it could not. */
export async function logInElsewhere(provider: string, next: string): Promise<string | undefined> {
  try {
    const url = await post(`signin/${provider}`, { callbackUrl: new URL(next, location.origin).href });
    if (url.searchParams.has("csrf")) return "This page is too old: reload it.";
    if (url.origin === location.origin && url.searchParams.has("error")) return refusals.OAuthSignin;
    location.assign(url);
  } catch {
    return unanswered;
  }
}

/** Ends this browser's session. */
export async function logOut(): Promise<void> {
  await post("signout", {});
}
