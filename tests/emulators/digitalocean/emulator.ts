import type { Backing } from "../backing/backing.ts";
import { startClock } from "../clock.ts";
import { Faults } from "../faults.ts";
import { type EmulatedAnswer, type EmulatedRequest, type Handled, serveLoopback } from "../server.ts";
import { dropletRoutes } from "./droplets.ts";
import { networkRoutes } from "./networks.ts";
import { placeRoutes } from "./places.ts";
import { type Behaviour, Refusal, type World } from "./world.ts";

export const EMULATED_TOKEN = "dop_v1_emulated00000000000000000000000000000000000000000000000000000000";

/** One request as it was seen: "POST /v2/droplets", and the status it was answered with (0: none). */
export type Call = { call: string; at: number; status: number };

const routes = [...placeRoutes, ...dropletRoutes, ...networkRoutes];

export type DigitalOceanOptions = Partial<Behaviour> & { port?: number; backing?: Backing };

/**
 * DigitalOcean's v2 API on loopback: tokens and scopes, pages of twenty, rate limits with their headers, droplets that
 * take time, one action at a time. `behaviour` may be changed at any time; `faults` strike by "METHOD /path".
 * With a `backing`, which is the caller's to close, droplets are containers that boot for real.
 */
export async function startDigitalOceanEmulator(options: DigitalOceanOptions = {}) {
  const { port = 0, backing, ...behaviour } = options;
  const world = freshWorld(behaviour, backing ?? null);
  const faults = new Faults();
  const calls: Call[] = [];
  const server = await serveLoopback(port, (request) => handle(world, faults, calls, request));
  return {
    url: server.url,
    state: world,
    behaviour: world.behaviour,
    clock: world.clock,
    faults,
    calls,
    close: server.close,
  };
}

/** Takes all tags off a droplet, as somebody may in the control panel; answers what puts them back. */
export function stripTags(cloud: DigitalOceanEmulator, id: string): () => void {
  const droplet = cloud.state.droplets.get(Number(id))!;
  const before = droplet.tags;
  droplet.tags = [];
  return () => {
    droplet.tags = before;
  };
}

export type DigitalOceanEmulator = Awaited<ReturnType<typeof startDigitalOceanEmulator>>;

function freshWorld(behaviour: Partial<Behaviour>, backing: Backing | null): World {
  return {
    clock: startClock(),
    behaviour: {
      bootMs: 2_000,
      addressLagMs: 300,
      actionMs: 1_000,
      consistencyLagMs: 300,
      dropletLimit: 100,
      accountStatus: "active",
      team: "5df3e3004a17e242b7c20ca6c9fc25b701a47ece",
      deaf: new Set(),
      soldOut: new Set(),
      scopes: null,
      perMinute: 250,
      perHour: 5_000,
      pageLimit: 200,
      ...behaviour,
    },
    tokens: new Set([EMULATED_TOKEN]),
    droplets: new Map(),
    actions: [],
    keys: new Map(),
    firewalls: new Map(),
    tags: new Set(),
    recent: [],
    sequence: 0,
    backing,
    nextAddress: Math.floor(Math.random() * 60_000),
  };
}

function handle(world: World, faults: Faults, calls: Call[], request: EmulatedRequest): Handled {
  const name = `${request.method} ${request.path}`;
  const fault = faults.strike(name);
  const call: Call = { call: name, at: world.clock.now(), status: 0 };
  calls.push(call);
  const outage = json(500, { id: "server_error", message: "Server Error" });
  if (fault && !fault.effect) return { answer: outage, fault };
  const answer = dispatch(world, request);
  call.status = fault ? 0 : answer.status;
  return { answer: fault ? outage : answer, fault };
}

function dispatch(world: World, request: EmulatedRequest): EmulatedAnswer {
  const now = world.clock.now();
  const limits = rateLimit(world, now);
  try {
    if (limits.refused) throw new Refusal(429, "too_many_requests", "API rate limit exceeded.");
    authenticate(world, request);
    const found = routes.filter((route) => route.path.test(request.path));
    const route = found.find((one) => one.method === request.method);
    if (!route) throw new Refusal(404, "not_found", "The resource you were accessing could not be found.");
    if (world.behaviour.scopes && !world.behaviour.scopes.has(route.scope)) {
      throw new Refusal(403, "forbidden", "You are not authorized to perform this operation");
    }
    const params = route.path.exec(request.path)!.slice(1).map(decodeURIComponent);
    const body = request.body ? (JSON.parse(request.body) as Record<string, unknown>) : {};
    const url = `http://${request.headers.host}`;
    const answer = route.run({ world, request, params, body, now, url });
    return json(answer.status, answer.body, limits.headers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return json(error.status, { id: error.id, message: error.message, request_id: "emulated" }, limits.headers);
  }
}

function authenticate(world: World, request: EmulatedRequest): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (!token || !world.tokens.has(token)) throw new Refusal(401, "Unauthorized", "Unable to authenticate you");
}

/** Counts this call against both windows; what is left goes into the headers. */
function rateLimit(world: World, now: number): { refused: boolean; headers: Record<string, string> } {
  world.recent = world.recent.filter((at) => at > now - 3_600_000);
  const minute = world.recent.filter((at) => at > now - 60_000);
  const { perHour, perMinute } = world.behaviour;
  const remaining = Math.min(perHour - world.recent.length, perMinute - minute.length);
  const refused = remaining <= 0;
  if (!refused) world.recent.push(now);
  const oldest = perMinute - minute.length <= 0 ? (minute[0] ?? now) + 60_000 : (world.recent[0] ?? now) + 3_600_000;
  const headers: Record<string, string> = {
    "ratelimit-limit": String(perHour),
    "ratelimit-remaining": String(Math.max(0, remaining - 1)),
    "ratelimit-reset": String(Math.ceil(oldest / 1000)),
  };
  if (refused) headers["retry-after"] = String(Math.max(1, Math.ceil((oldest - now) / 1000)));
  return { refused, headers };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): EmulatedAnswer {
  if (status === 204) return { status, headers };
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}
