import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { type Decision, decideFormation, type Machine, type Member, type Step } from "./formation.ts";

/** A member and its engine. */
export type Node = Omit<Member, "swarm"> & { engine: Engine };
/** A client of the node's engine for calls that end within `timeoutMs`. */
export type Engine = (timeoutMs: number) => Docker;
export type Formed = {
  /** What each engine says of its place in the swarm; null where it does not answer or has none. */
  places: { nodeId: string; swarmId: string | null; address: string | null; answers: boolean }[];
  /** What was done, as sentences. */
  done: string[];
  trouble: string | null;
};

const roundsAtMost = 30;
const pauseMs = 500;
const swarmPort = 2377;
/** How long the managers may be without a leader after a change to who they are. */
const electionMs = 20_000;
/** For a look, and for what makes an engine move. */
const lookMs = 5_000;
const actMs = 45_000;

/** Brings a swarm to its nodes, a stage at a time, until it is whole, something must be waited for, or `signal` aborts. */
export async function formSwarm(nodes: Node[], signal: AbortSignal): Promise<Formed> {
  const done: string[] = [];
  let seen = await look(nodes);
  let changedAt = 0;
  const isElecting = () => !seen.machines && Date.now() - changedAt < electionMs;
  for (let round = 0; round < roundsAtMost && (seen.decision.steps.length > 0 || isElecting()); round += 1) {
    signal.throwIfAborted();
    const taken = await Promise.allSettled(seen.decision.steps.map((step) => take(step, nodes, seen.manager)));
    done.push(...taken.flatMap((result) => (result.status === "fulfilled" && result.value ? [result.value] : [])));
    const failed = taken.find((result) => result.status === "rejected");
    if (failed && round === roundsAtMost - 1) throw failed.reason;
    if (taken.length > 0) changedAt = Date.now();
    await sleep(pauseMs, undefined, { signal });
    seen = await look(nodes);
  }
  const places = seen.members.map(({ id, swarm }) => {
    const inside = swarm?.state === "active" && (!seen.machines || seen.machines.some((one) => one.id === swarm.id));
    return {
      nodeId: id,
      swarmId: inside ? swarm.id : null,
      address: inside ? swarm.address : null,
      // Where no manager tells, an engine loses its place by leaving alone: one that cannot get in is not out.
      answers: swarm !== null && (seen.machines !== null || ["active", "inactive"].includes(swarm.state)),
    };
  });
  return { places, done, trouble: seen.decision.trouble };
}

type Seen = { members: Member[]; machines: Machine[] | null; manager: Engine | null; decision: Decision };

async function look(nodes: Node[]): Promise<Seen> {
  const infos = await Promise.all(
    nodes.map(({ engine }) =>
      engine(lookMs)
        .info()
        .catch(() => null),
    ),
  );
  const members = nodes.map(({ engine: _, ...node }, index): Member => ({ ...node, swarm: placeOf(infos[index]) }));
  const candidates = nodes.filter((_, index) => infos[index]?.Swarm?.ControlAvailable);
  for (const { engine } of candidates) {
    const machines = await machinesOf(engine(lookMs)).catch(() => null);
    if (machines) return { members, machines, manager: engine, decision: decideFormation(members, machines) };
  }
  return { members, machines: null, manager: null, decision: decideFormation(members, null) };
}

type Info = { Swarm?: { NodeID?: string; NodeAddr?: string; LocalNodeState?: string; ControlAvailable?: boolean } };

function placeOf(info: Info | null): Member["swarm"] {
  if (!info) return null;
  const { NodeID = "", NodeAddr = "", LocalNodeState = "inactive", ControlAvailable = false } = info.Swarm ?? {};
  const state = LocalNodeState as NonNullable<Member["swarm"]>["state"];
  return { id: NodeID, address: NodeAddr, state, manager: ControlAvailable };
}

type SwarmNode = {
  ID: string;
  Spec: { Role: string; Availability: string; Labels?: Record<string, string> };
  Status: { State: string };
  ManagerStatus?: { Reachability: string; Leader?: boolean };
};
type Task = { NodeID?: string; Status: { State: string } };

async function machinesOf(docker: Docker): Promise<Machine[]> {
  const nodes: SwarmNode[] = await docker.listNodes();
  const leaving = nodes.some(({ Spec }) => Spec.Availability === "drain");
  const tasks: Task[] = leaving ? await docker.listTasks() : [];
  return nodes.map(({ ID, Spec, Status, ManagerStatus }) => ({
    id: ID,
    manager: Spec.Role === "manager",
    drained: Spec.Availability === "drain",
    down: Status.State === "down",
    reachable: ManagerStatus?.Reachability === "reachable",
    leads: ManagerStatus?.Leader ?? false,
    labels: Spec.Labels ?? {},
    tasks: tasks.filter((task) => task.NodeID === ID && task.Status.State === "running").length,
  }));
}

/** Takes one step; answers what was done, for people. Every step may be taken twice. */
async function take(step: Step, nodes: Node[], leader: Engine | null): Promise<string | null> {
  const dockerOf = ({ id }: Member) => nodes.find((node) => node.id === id)!.engine(actMs);
  const manager = leader?.(actMs);
  switch (step.do) {
    case "init": {
      const { member } = step;
      const addresses = { ListenAddr: `0.0.0.0:${swarmPort}`, AdvertiseAddr: member.address };
      await dockerOf(member).swarmInit({ ...addresses, DefaultAddrPool: [poolBeside(nodes)], SubnetSize: 24 });
      return `${member.name} began the Docker cluster`;
    }
    case "join":
      await join(step.member, dockerOf(step.member), manager!, step.manager);
      return `${step.member.name} joined the Docker cluster${step.manager ? " as a manager" : ""}`;
    case "leave":
      await dockerOf(step.member).swarmLeave({ force: true });
      return `${step.member.name} left its Docker cluster`;
    case "forget":
      await manager!.getNode(step.machine).remove({ force: true });
      return `${step.name} is no member of the Docker cluster any more`;
    case "role":
      await change(manager!, step.machine, (spec) => ({ ...spec, Role: step.manager ? "manager" : "worker" })).catch(
        (error) => forgetUnborn(error, manager!, step.machine),
      );
      return `${step.name} is ${step.manager ? "a manager of the Docker cluster" : "no manager of the Docker cluster any more"}`;
    case "drain":
      await change(manager!, step.machine, (spec) => ({ ...spec, Availability: "drain" }));
      return `${step.name} is drained: its tasks move to other nodes`;
    case "label":
      await change(manager!, step.machine, (spec) => ({ ...spec, Labels: { ...spec.Labels, ...step.labels } }));
      return null;
  }
}

/** The join token goes to the engine in the request's body and is kept nowhere. */
async function join(member: Member, docker: Docker, manager: Docker, asManager: boolean): Promise<void> {
  const [{ JoinTokens }, info] = await Promise.all([manager.swarmInspect(), manager.info()]);
  const remote: { Addr: string }[] = info.Swarm?.RemoteManagers ?? [];
  await docker.swarmJoin({
    ListenAddr: `0.0.0.0:${swarmPort}`,
    AdvertiseAddr: member.address,
    RemoteAddrs: remote.map(({ Addr }) => Addr),
    JoinToken: asManager ? JoinTokens.Manager : JoinTokens.Worker,
  });
}

/** A manager that never became one cannot be demoted, only removed. */
async function forgetUnborn(error: unknown, manager: Docker, id: string): Promise<void> {
  if (!(error instanceof Error) || !error.message.includes("raft memberlist")) throw error;
  await manager.getNode(id).remove({ force: true });
}

type Spec = SwarmNode["Spec"];

async function change(manager: Docker, id: string, edit: (spec: Spec) => Spec): Promise<void> {
  const node = manager.getNode(id);
  const { Version, Spec } = await node.inspect();
  await node.update({ version: Version.Index, ...edit(Spec) });
}

/** Room for overlay networks that does not overlap the network that the nodes themselves are in. */
export function poolBeside(nodes: { address: string }[]): string {
  const taken = new Set(
    nodes.flatMap(({ address }) => (address.startsWith("10.") ? Math.floor(Number(address.split(".")[1]) / 16) : [])),
  );
  if (taken.size === 0) return "10.0.0.0/8";
  const free = [...Array(16).keys()].find((block) => !taken.has(block)) ?? 15;
  return `10.${free * 16}.0.0/12`;
}
