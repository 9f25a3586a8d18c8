import type { Backing } from "../backing/backing.ts";
import { startClock } from "../clock.ts";
import { Faults } from "../faults.ts";
import { type EmulatedRequest, type Handled, serveLoopback } from "../server.ts";
import { actionOf, dispatch } from "./dispatch.ts";
import type { Behaviour, World } from "./world.ts";

/** One request as it was seen: what it did, and the error code it was answered with, if any. */
export type Call = { action: string; region: string; at: number; code: string | null };

export const EMULATED_KEY = { accessKey: "AKIAEMULATED00000000", secretKey: "emulated/secret+key00000000000000000000" };

export type Ec2Options = Partial<Behaviour> & { port?: number; backing?: Backing };

/**
 * Amazon EC2 (with STS, SSM's public parameters and the price list) on loopback: Query protocol, XML and Signature
 * Version 4 as the SDK speaks them, with the waits, limits and refusals of the real service. `behaviour` may be
 * changed at any time; `faults` strike by action name; `calls` is everything that was asked. With a `backing`, which is
 * the caller's to close, servers are containers that boot for real.
 */
export async function startEc2Emulator(options: Ec2Options = {}) {
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

export type Ec2Emulator = Awaited<ReturnType<typeof startEc2Emulator>>;

function freshWorld(behaviour: Partial<Behaviour>, backing: Backing | null): World {
  const { accessKey, secretKey } = EMULATED_KEY;
  const key = { secretKey, arn: "arn:aws:iam::123456789012:user/emulated" };
  return {
    clock: startClock(),
    behaviour: {
      bootMs: 2_000,
      stopMs: 1_500,
      terminateMs: 1_500,
      consistencyLagMs: 500,
      vcpuQuota: 1_152,
      capacity: new Map(),
      unsupported: new Set(),
      denied: new Set(),
      optedIn: new Set(),
      defaultVpc: true,
      throttling: true,
      pageLimit: 1_000,
      roles: new Map(),
      ...behaviour,
    },
    accounts: [{ id: "123456789012", regions: new Map(), keys: new Map([[accessKey, key]]) }],
    nextAddress: Math.floor(Math.random() * 60_000),
    sequence: 0,
    backing,
  };
}

function handle(world: World, faults: Faults, calls: Call[], request: EmulatedRequest): Handled {
  const action = actionOf(request);
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "?";
  const fault = faults.strike(action);
  const call: Call = { action, region, at: world.clock.now(), code: fault ? `fault:${fault.answer}` : null };
  calls.push(call);
  const outage = request.headers["x-amz-target"]
    ? {
        status: 500,
        headers: { "content-type": "application/x-amz-json-1.1" },
        body: '{"__type":"InternalServerError"}',
      }
    : { status: 500, headers: { "content-type": "text/xml" }, body: INTERNAL_ERROR };
  if (fault && !fault.effect) return { answer: outage, fault };
  const answer = dispatch(world, request);
  call.code ??= answer.code ?? null;
  return { answer: fault ? outage : answer, fault };
}

const INTERNAL_ERROR =
  "<Response><Errors><Error><Code>InternalError</Code><Message>An internal error has occurred</Message></Error></Errors><RequestID>0</RequestID></Response>";
