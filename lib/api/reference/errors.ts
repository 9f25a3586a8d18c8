import type { ErrorCode } from "#lib/errors.ts";
import type { Contract } from "../contract.ts";
import { statusOf } from "../http.ts";

type Meaning = { means: string; remedy: string };

/** What each code of an error says, and what to do about it. */
const meanings: Record<ErrorCode, Meaning> = {
  malformed: { means: "The body is not JSON.", remedy: "Check quotes and commas; the message says where it breaks." },
  unauthenticated: {
    means: "There is no token, or none that works: mistyped, revoked, expired, or of a session that was ended.",
    remedy: "Send `Authentication-Token: …`. Log in again for a refreshing token, or make a new persistent one.",
  },
  forbidden: {
    means: "The token works, but may not do this: its role is too low, or another site's page sent your cookie.",
    remedy: "The message names the role that is needed. Ask an admin for it, or use a token that has it.",
  },
  not_found: {
    means: "It is not there, or belongs to another organisation: both are answered alike.",
    remedy: "Check the id. A deleted environment answers for a day, then it is gone.",
  },
  method_not_allowed: {
    means: "The path is right, the method is not.",
    remedy:
      "The `Allow` header lists those that are. GETs that change something take a token, never a browser's cookie.",
  },
  conflict: {
    means:
      "It cannot be as things stand: a name is taken, something is still used, or the environment is being deleted.",
    remedy: "The message says what stands in the way. Remove that, or choose another name.",
  },
  too_large: { means: "The body is over 1 MiB.", remedy: "Send less at once." },
  unsupported_media_type: { means: "The body is not sent as JSON.", remedy: "Send `Content-Type: application/json`." },
  invalid: {
    means: "A value is not one that is taken. Each problem names its field, for example `nodes[1].size`.",
    remedy: "The message says what would be taken. Nothing was done: correct it and send it again.",
  },
  rate_limited: {
    means: "Too many attempts in a short time.",
    remedy: "Wait for as many seconds as `Retry-After` says.",
  },
  internal: {
    means: "Something went wrong on our side.",
    remedy: "Try again. If it stays, the server's log has it under the id in the message.",
  },
  cloud_refused: {
    means: "The cloud, engine or registry refused or did not answer; its own code and words are passed on.",
    remedy: "Mostly a limit, a permission or an outage there. The message is theirs; correct it there and try again.",
  },
  unavailable: {
    means: "The database or a part that is needed does not answer just now.",
    remedy: "Try again after as many seconds as `Retry-After` says. `GET /readyz` tells when all works.",
  },
};

export type ApiError = Meaning & { code: ErrorCode; status: number };

/** Every error that the API answers, by status. */
export const apiErrors: ApiError[] = (Object.keys(statusOf) as ErrorCode[])
  .map((code) => ({ code, status: statusOf[code], ...meanings[code] }))
  .sort((a, b) => a.status - b.status);

/** Operations that ask something outside: a cloud, an engine, a registry. */
const ASKS_OUTSIDE =
  /^(POST|PUT) \/(providers|integrations)|\/(meta|orphans|plan|query)$|^POST \/applications\/.*environments$|^PUT \/environments/;

/** The errors that a contract can answer beside 500 and 503, as far as the contract tells. */
export function errorsOf(contract: Contract): ApiError[] {
  const hasBody = contract.method === "POST" || contract.method === "PUT";
  const changes = contract.method !== "GET" || contract.unsafeGet;
  const isOpen = contract.access === "public";
  const possible: Partial<Record<ErrorCode, boolean>> = {
    malformed: hasBody,
    unauthenticated: !isOpen || contract.path === "/accounts/login",
    forbidden: !isOpen && (changes || contract.access !== "viewer"),
    not_found: contract.path.includes("{"),
    method_not_allowed: contract.unsafeGet,
    conflict: changes && !/\/(login|logout|refresh)$/.test(contract.path),
    too_large: hasBody,
    unsupported_media_type: hasBody,
    invalid: hasBody || Object.keys(shapeOf(contract.query)).length > 0,
    rate_limited: isOpen && changes,
    cloud_refused: ASKS_OUTSIDE.test(`${contract.method} ${contract.path}`),
  };
  return apiErrors.filter(({ code }) => possible[code]);
}

const shapeOf = (schema: unknown) => (schema as { shape?: object }).shape ?? {};
