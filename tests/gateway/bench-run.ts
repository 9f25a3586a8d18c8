import type { Client } from "./client.ts";
import type { makeCluster } from "./cluster.ts";
import { type Front, startEndpoint, startPipe, startProxy } from "./fronts.ts";
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

const ways = ["direct", "cloudhero", "pipe", "haproxy", "nginx"] as const;
/** Of each way that there is: a proxy may not be installed. `pipe` is Node's own, of bytes that nobody looks at. */
type PerWay<T> = { direct: T; cloudhero: T; pipe: T; haproxy?: T; nginx?: T };

export type Figures = {
  /** One connection, one request after the other: what a request costs. */
  alone: PerWay<Small>;
  /** Sixteen connections. */
  together: PerWay<Small>;
  /** MiB per second. */
  copy: PerWay<number>;
  logs: PerWay<number>;
  /** Streams that send 256 KiB each second, as followed output does. */
  paced: PerWay<number>;
  /** Streams that send what they can: the engine, the client and what is between them share the processor. */
  streams: PerWay<number>;
  /** What the endpoint's process held before the first request, and the most that it has held, in MiB. */
  restMiB: number;
  peakMiB: number;
  /** The most that a bare pipe has held. */
  pipeMiB: number;
};

const containersOfStreams = 4;
const mib = 2 ** 20;

/** Measures one engine reached directly, through our endpoint with its whole cluster, and through other proxies, in turn. */
export async function benchGateway(
  cluster: Awaited<ReturnType<typeof makeCluster>>,
  options: BenchOptions,
): Promise<Figures> {
  const [engine] = cluster.engines;
  const fronts: Front[] = [];
  try {
    const endpoint = await startEndpoint();
    fronts.push(endpoint);
    const pipe = await startPipe(cluster.signer, engine!.address);
    fronts.push(pipe);
    const clients: PerWay<Client> = {
      direct: await cluster.direct(engine!.name),
      cloudhero: await cluster.clientFor(endpoint.port, cluster.owner),
      pipe: await cluster.direct(engine!.name, { host: "127.0.0.1", port: pipe.port }),
    };
    for (const name of ["haproxy", "nginx"] as const) {
      const proxy = await startProxy(name, cluster.signer, engine!.address);
      if (!proxy) continue;
      fronts.push(proxy);
      clients[name] = await cluster.direct(engine!.name, { host: "127.0.0.1", port: proxy.port });
    }
    const restMiB = endpoint.peakMiB();
    const measured = await measure(clients, engine!.docker, options);
    return { ...measured, restMiB, peakMiB: endpoint.peakMiB(), pipeMiB: pipe.peakMiB() };
  } finally {
    for (const front of fronts) await front.stop();
  }
}

type Docker = (...words: string[]) => Promise<string>;

async function measure(clients: PerWay<Client>, docker: Docker, options: BenchOptions) {
  const { requests, copyMiB, logsMiB, streams, streamMiB, rounds } = options;
  // At random, for an engine compresses what it copies out.
  const fill = `head -c ${copyMiB * mib} /dev/urandom >/big; touch /filled; exec sleep 3600`;
  const source = await docker("run", "-d", "busybox", "sh", "-c", fill);
  await docker("exec", source, "sh", "-c", "until [ -e /filled ]; do sleep 1; done");
  const inTurn = <T>(one: (client: Client) => Promise<T>) => each(clients, rounds, one);
  const path = `/containers/${source}/json`;
  const alone = await inTurn((client) => smallRequests(client, path, Math.ceil(requests / 4), 1));
  const together = await inTurn((client) => smallRequests(client, path, requests, 16));
  const copy = await inTurn((client) => throughput(client, ["cp", `${source}:/big`, "-"], copyMiB * mib));
  const talker = await docker("run", "-d", "busybox", "sh", "-c", `yes ${"x".repeat(1023)} | head -c ${logsMiB * mib}`);
  await docker("wait", talker);
  const logs = await inTurn((client) => throughput(client, ["logs", talker], logsMiB * mib));
  const attached = (script: string, bytes: number) =>
    inTurn(async (client) => {
      const make = () => docker("create", "--log-driver", "none", "busybox", "sh", "-c", script);
      const ids = await Promise.all(Array.from({ length: containersOfStreams }, make));
      const rate = await attachedStreams(client, ids, streams / containersOfStreams, bytes);
      await docker("rm", "-f", ...ids);
      return rate;
    });
  const bytes = streamMiB * mib;
  const quarter = "head -c 65536 /dev/zero; usleep 250000";
  const paced = await attached(`for i in $(seq ${bytes / 65536}); do ${quarter}; done`, bytes);
  const full = await attached(`head -c ${bytes} /dev/zero`, bytes);
  await docker("rm", "-f", source, talker);
  return {
    alone: midOfEach(alone, ({ perSecond }) => perSecond),
    together: midOfEach(together, ({ perSecond }) => perSecond),
    copy: midOfEach(copy, Number),
    logs: midOfEach(logs, Number),
    paced: midOfEach(paced, Number),
    streams: midOfEach(full, Number),
  };
}

async function each<T>(clients: PerWay<Client>, rounds: number, one: (client: Client) => Promise<T>) {
  const seen: PerWay<T[]> = { direct: [], cloudhero: [], pipe: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const way of ways) {
      const client = clients[way];
      if (client) seen[way] = [...(seen[way] ?? []), await one(client)];
    }
  return seen;
}

function midOfEach<T>({ direct, cloudhero, pipe, haproxy, nginx }: PerWay<T[]>, by: (one: T) => number): PerWay<T> {
  const mid = (all: T[]) => all.toSorted((a, b) => by(a) - by(b))[Math.floor(all.length / 2)]!;
  return {
    direct: mid(direct),
    cloudhero: mid(cloudhero),
    pipe: mid(pipe),
    ...(haproxy && { haproxy: mid(haproxy) }),
    ...(nginx && { nginx: mid(nginx) }),
  };
}

/** What is to be reached, and whether it is. */
export function goalsOf({ alone, together, copy, logs, paced, peakMiB }: Figures) {
  const ratio = (rates: PerWay<number>) => rates.cloudhero / rates.direct;
  const besides = (
    [
      ["HAProxy", "haproxy"],
      ["nginx", "nginx"],
    ] as const
  ).flatMap(([name, way]) => {
    const [one, many] = [alone[way], together[way]];
    if (!one || !many) return [];
    const delay = alone.cloudhero.p50Ms - one.p50Ms;
    const small = together.cloudhero.perSecond / many.perSecond;
    return [
      { goal: `small requests per second, as a part of ${name}'s`, value: small, reached: small >= 0.5 },
      { goal: `a small request's p50 above ${name}'s, ms`, value: delay, reached: delay <= 0.5 },
    ];
  });
  return [
    { goal: "cp, as a part of direct", value: ratio(copy), reached: ratio(copy) >= 0.95 },
    { goal: "logs, as a part of direct", value: ratio(logs), reached: ratio(logs) >= 0.95 },
    { goal: "attached streams, as a part of direct", value: ratio(paced), reached: ratio(paced) >= 0.95 },
    ...besides,
    { goal: "most memory of the endpoint's process, MiB", value: peakMiB, reached: peakMiB < 150 },
  ];
}

export function describeBench(figures: Figures): string {
  const { alone, together, copy, logs, paced, streams, restMiB, pipeMiB } = figures;
  const small = ({ perSecond, p50Ms, p99Ms }: Small) =>
    `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
  const rate = (value: number) => `${value.toFixed(0)} MiB/s`;
  const row = <T>(name: string, per: PerWay<T>, show: (value: T) => string) =>
    [name, ...ways.flatMap((way) => (per[way] === undefined ? [] : `  ${way.padEnd(10)}${show(per[way])}`))].join("\n");
  const goals = goalsOf(figures).map(
    ({ goal, value, reached }) => `${reached ? "reached" : "MISSED "}  ${goal}: ${value.toFixed(2)}`,
  );
  return [
    row("small requests, one connection", alone, small),
    row("small requests, 16 connections", together, small),
    row("cp", copy, rate),
    row("logs", logs, rate),
    row("attached streams of 256 KiB/s, all together", paced, rate),
    row("attached streams as fast as they go, all together", streams, rate),
    `the endpoint's process at rest: ${restMiB.toFixed(0)} MiB; a bare pipe of Node's at most: ${pipeMiB.toFixed(0)} MiB`,
    ...goals,
  ].join("\n");
}
