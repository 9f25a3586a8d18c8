import { lookup as lookupName } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { type Origin, refusal } from "#lib/addresses.ts";
import { AppError, messageOf } from "#lib/errors.ts";

export type { Origin } from "#lib/addresses.ts";

const RESOLVE_TIMEOUT_MS = 5_000;

const notAllowed = (host: string) => new AppError("invalid", `${host}: address not allowed`);

/**
 * Resolves `host` once and answers the address to dial: dial that, never the name again.
 * Throws AppError "invalid" where no address of it is allowed or the name does not exist, and "unavailable" where the
 * resolver does not answer within 5 s. A refusal says nothing of what is there.
 */
export async function dialAddress(host: string, origin: Origin, signal?: AbortSignal): Promise<string> {
  const [first] = await allowedAddresses(host, origin, signal);
  return first!.address;
}

/**
 * The `lookup` option of net, tls and http under the same rule. Node asks it for names only: where the host may be an
 * address, use `checkedAgents`, or `dialAddress` first.
 */
export function checkedLookup(origin: Origin): LookupFunction {
  return (hostname, options, callback) => {
    const family = familyOf(options.family);
    allowedAddresses(hostname, origin).then(
      (found) => {
        const fit = found.filter((entry) => !family || entry.family === family);
        if (!fit[0]) return callback(notAllowed(hostname), "", 0);
        if (options.all) return callback(null, fit);
        callback(null, fit[0].address, fit[0].family);
      },
      (error: Error) => callback(error, "", 0),
    );
  };
}

/** Agents whose every connection, a redirect's too, is under the rule; `tls` goes into each TLS connection. */
export function checkedAgents(origin: Origin, tls: https.AgentOptions = {}): { http: http.Agent; https: https.Agent } {
  const options = { keepAlive: true, timeout: 15_000, lookup: checkedLookup(origin) };
  return {
    http: guarded(new http.Agent(options), origin),
    https: guarded(new https.Agent({ ...options, ...tls }), origin),
  };
}

type Connect = (options: { host?: string }, done?: (error: Error | null, stream: Duplex) => void) => unknown;

function guarded<A extends http.Agent>(agent: A, origin: Origin): A {
  const target = agent as unknown as { createConnection: Connect };
  const connect = target.createConnection.bind(agent);
  target.createConnection = (options, done) => {
    const host = bare(options.host ?? "");
    if (!isIP(host) || !refusal(host, origin)) return connect(options, done);
    done?.(notAllowed(host), undefined as never);
    return undefined;
  };
  return agent;
}

async function allowedAddresses(host: string, origin: Origin, signal?: AbortSignal) {
  const found = await resolve(bare(host), signal);
  const allowed = found.filter((entry) => !refusal(entry.address, origin));
  if (allowed.length === 0) throw notAllowed(host);
  return allowed;
}

async function resolve(host: string, signal?: AbortSignal) {
  if (host === "") throw new AppError("invalid", "A host is missing.");
  const limit = AbortSignal.timeout(RESOLVE_TIMEOUT_MS);
  const bound = signal ? AbortSignal.any([signal, limit]) : limit;
  bound.throwIfAborted();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(bound.reason);
  bound.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([lookupName(host, { all: true, order: "ipv4first" }), ended]);
  } catch (cause) {
    signal?.throwIfAborted();
    if (limit.aborted) throw new AppError("unavailable", `${host}: the name was not resolved in time`, { cause });
    throw new AppError("invalid", `${host}: ${messageOf(cause)}`, { cause });
  } finally {
    bound.removeEventListener("abort", onAbort);
  }
}

const bare = (host: string) => (host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host);

function familyOf(family: number | string | undefined): number {
  if (family === "IPv4") return 4;
  return family === "IPv6" ? 6 : Number(family ?? 0);
}
