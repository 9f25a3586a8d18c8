import axios, { type AxiosResponse } from "axios";
import { checkedAgents } from "#lib/dial.ts";
import { invalid, messageOf } from "#lib/errors.ts";
import { tokenServiceOf } from "#lib/model/challenge.ts";
import { registryOf } from "#lib/model/image-reference.ts";
import type { RegistryWish } from "./create.ts";

const timeoutMs = 10_000;
const answerBytes = 1024 * 1024;

export type Verdict = { verified: boolean; reason: string | null };

type Login = Pick<RegistryWish, "url" | "username" | "password">;

/**
 * Logs in to a registry as an engine would: what it asks for by `GET /v2/`, Basic, or a token of the service that it
 * names (https://distribution.github.io/distribution/spec/auth/token/). Throws "invalid" where it says no; one that
 * cannot be asked is not verified, with the reason.
 */
export async function verifyRegistry({ url, username, password }: Login): Promise<Verdict> {
  try {
    const base = baseOf(url);
    const asked = await get(base);
    const challenge = String(asked.headers["www-authenticate"] ?? "");
    if (asked.status === 401) return judged(await answer(challenge, base, { username, password }), url);
    return asked.status < 300
      ? { verified: true, reason: null }
      : { verified: false, reason: `${base} answers ${asked.status}, which no registry does.` };
  } catch (error) {
    if (error instanceof Refused) throw invalid(error.message, "password");
    return { verified: false, reason: `The registry could not be asked: ${reasonOf(error)}.` };
  }
}

type Auth = { username: string; password: string };

/** Docker Hub's registry is not where its web site is. */
function baseOf(url: string): string {
  const { host } = registryOf(url);
  if (host === "docker.io") return "https://registry-1.docker.io/v2/";
  return `${URL.parse(url)?.protocol ?? "https:"}//${host}/v2/`;
}

async function answer(challenge: string, base: string, auth: Auth): Promise<AxiosResponse> {
  const tokens = tokenServiceOf(challenge, base);
  if (!tokens) return get(base, { auth });
  return get(tokens.realm, { auth, params: { service: tokens.service, account: auth.username } });
}

function judged({ status }: AxiosResponse, url: string): Verdict {
  if (status < 300) return { verified: true, reason: null };
  if ([400, 401, 403].includes(status))
    throw new Refused(`${registryOf(url).host} refuses this user name and password (${status}).`);
  const fault = status === 429 ? "was asked too often" : "has a fault of its own";
  return { verified: false, reason: `The registry ${fault}: it answers ${status}.` };
}

/** The registry said no. */
class Refused extends Error {}

const agents = checkedAgents("tenant");

function get(
  url: string,
  options: { auth?: Auth; params?: Record<string, string | undefined> } = {},
): Promise<AxiosResponse> {
  return axios.get(url, {
    ...options,
    httpAgent: agents.http,
    httpsAgent: agents.https,
    proxy: false,
    timeout: timeoutMs,
    signal: AbortSignal.timeout(timeoutMs),
    maxRedirects: 3,
    maxContentLength: answerBytes,
    validateStatus: () => true,
  });
}

/** What is at an address that may not be dialled is nobody's business. */
const reasonOf = (error: unknown) =>
  messageOf(axios.isAxiosError(error) && error.cause ? error.cause : error).replace(/\.$/, "");
