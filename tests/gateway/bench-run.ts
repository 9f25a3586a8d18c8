import type { Client } from "./client.ts";
import type { makeCluster } from "./cluster.ts";
import { type Front, startEndpoint, startHaproxy } from "./fronts.ts";
import { attachedStreams, type Small, smallRequests, throughput } from "./load.ts";

export type BenchOptions = {
  /** Of each kind, per round. */
  requests: number;
  copyMiB: number;
  logsMiB: number;
  streams: number;
  /** What each stream carries. */
  streamMiB: number;
  /** Every measurement is made so often, way after way in turn; the median counts. */
  rounds: number;
};

const ways = ["direct", "cloudhero", "haproxy"] as const;
type Way = (typeof ways)[number];
type PerWay<T> = Record<Way, T>;

export type Figures = {
  /** One connection, one request after the other: what a request costs. */
  alone: PerWay<Small>;
  /** Sixteen connections. */
  together: PerWay<Small>;
  /** MiB per second. */
  copy: PerWay<number>;
  logs: PerWay<number>;
  streams: PerWay<number>;
  /** The most that the endpoint's process has held, in MiB. */
  peakMiB: number;
};

const containersOfStreams = 4;

/** Measures one engine reached directly, through our endpoint with its whole cluster, and through HAProxy, in turn. */
export async function benchGateway(
  cluster: Awaited<ReturnType<typeof makeCluster>>,
  options: BenchOptions,
): Promise<Figures> {
  const [engine] = cluster.engines;
  const fronts: Front[] = [];
  try {
    const endpoint = await startEndpoint();
    fronts.push(endpoint);
    const haproxy = await startHaproxy(cluster.signer, engine!.address);
    fronts.push(haproxy);
    const clients: PerWay<Client> = {
      direct: await cluster.direct(engine!.name),
      cloudhero: await cluster.clientFor(endpoint.port, cluster.owner),
      haproxy: await cluster.direct(engine!.name, { host: "127.0.0.1", port: haproxy.port }),
    };
    return { ...(await measure(clients, engine!.docker, options)), peakMiB: endpoint.peakMiB() };
  } finally {
    for (const front of fronts) await front.stop();
  }
}

type Docker = (...words: string[]) => Promise<string>;

async function measure(clients: PerWay<Client>, docker: Docker, options: BenchOptions) {
  const { requests, copyMiB, logsMiB, streams, streamMiB, rounds } = options;
  const source = await docker("run", "-d", "busybox", "sh", "-c", `truncate -s ${copyMiB}M /big; exec sleep 3600`);
  const inTurn = <T>(one: (client: Client) => Promise<T>) => each(clients, rounds, one);
  const path = `/containers/${source}/json`;
  const alone = await inTurn((client) => smallRequests(client, path, Math.ceil(requests / 4), 1));
  const together = await inTurn((client) => smallRequests(client, path, requests, 16));
  const copy = await inTurn((client) => throughput(client, ["cp", `${source}:/big`, "-"], copyMiB * 2 ** 20));
  const talker = await docker("run", "-d", "busybox", "sh", "-c", `yes ${"x".repeat(127)} | head -c ${logsMiB}M`);
  await docker("wait", talker);
  const logs = await inTurn((client) => throughput(client, ["logs", talker], logsMiB * 2 ** 20));
  const script = `head -c ${streamMiB}M /dev/zero`;
  const attached = await inTurn(async (client) => {
    const make = () => docker("create", "--log-driver", "none", "busybox", "sh", "-c", script);
    const ids = await Promise.all(Array.from({ length: containersOfStreams }, make));
    const rate = await attachedStreams(client, ids, streams / containersOfStreams, streamMiB * 2 ** 20);
    await docker("rm", "-f", ...ids);
    return rate;
  });
  await docker("rm", "-f", source, talker);
  return {
    alone: midOfEach(alone, ({ perSecond }) => perSecond),
    together: midOfEach(together, ({ perSecond }) => perSecond),
    copy: midOfEach(copy, Number),
    logs: midOfEach(logs, Number),
    streams: midOfEach(attached, Number),
  };
}

async function each<T>(clients: PerWay<Client>, rounds: number, one: (client: Client) => Promise<T>) {
  const seen: PerWay<T[]> = { direct: [], cloudhero: [], haproxy: [] };
  for (let round = 0; round < rounds; round += 1) for (const way of ways) seen[way].push(await one(clients[way]));
  return seen;
}

function midOfEach<T>(seen: PerWay<T[]>, by: (one: T) => number): PerWay<T> {
  const mid = (all: T[]) => all.toSorted((a, b) => by(a) - by(b))[Math.floor(all.length / 2)]!;
  return { direct: mid(seen.direct), cloudhero: mid(seen.cloudhero), haproxy: mid(seen.haproxy) };
}

/** What is to be reached, and whether it is. */
export function goalsOf({ alone, together, copy, logs, streams, peakMiB }: Figures) {
  const ratio = (rates: PerWay<number>) => rates.cloudhero / rates.direct;
  const delay = alone.cloudhero.p50Ms - alone.haproxy.p50Ms;
  const small = together.cloudhero.perSecond / together.haproxy.perSecond;
  return [
    { goal: "cp, as a part of direct", value: ratio(copy), reached: ratio(copy) >= 0.95 },
    { goal: "logs, as a part of direct", value: ratio(logs), reached: ratio(logs) >= 0.95 },
    { goal: "attached streams, as a part of direct", value: ratio(streams), reached: ratio(streams) >= 0.95 },
    { goal: "small requests per second, as a part of HAProxy's", value: small, reached: small >= 0.5 },
    { goal: "a small request's p50 above HAProxy's, ms", value: delay, reached: delay <= 0.5 },
    { goal: "most memory of the endpoint's process, MiB", value: peakMiB, reached: peakMiB < 150 },
  ];
}

export function describeBench(figures: Figures): string {
  const { alone, together, copy, logs, streams } = figures;
  const small = ({ perSecond, p50Ms, p99Ms }: Small) =>
    `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
  const rate = (value: number) => `${value.toFixed(0)} MiB/s`;
  const row = <T>(name: string, per: PerWay<T>, show: (value: T) => string) =>
    `${name}\n${ways.map((way) => `  ${way.padEnd(10)}${show(per[way])}`).join("\n")}`;
  const goals = goalsOf(figures).map(
    ({ goal, value, reached }) => `${reached ? "reached" : "MISSED "}  ${goal}: ${value.toFixed(2)}`,
  );
  return [
    row("small requests, one connection", alone, small),
    row("small requests, 16 connections", together, small),
    row("cp", copy, rate),
    row("logs", logs, rate),
    row("attached streams, all together", streams, rate),
    ...goals,
  ].join("\n");
}
