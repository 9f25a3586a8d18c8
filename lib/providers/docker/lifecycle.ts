import type Docker from "dockerode";
import type { ContainerInfo } from "dockerode";
import { inParallel } from "../parallel.ts";
import type { ServerState, Transition } from "../provider.ts";
import type { Link } from "./connect.ts";
import { KEEP_UP, STOP_TIMEOUT_SECONDS } from "./container.ts";
import { hasStatus, unlessAbsent, unlessStatus } from "./errors.ts";
import { ATTEMPT, OWNED } from "./labels.ts";
import { nameOf, stateOf } from "./list.ts";
import { assertRegion } from "./metadata.ts";
import { removeVolumesOf } from "./volumes.ts";

const CHANGES_AT_ONCE = 16;
/** The engine kills what has not stopped in time, and needs a while of its own for each. */
const CHANGE_TIMEOUT_MS = 90_000;

type Doomed = { id: string; newName: string };
type Change = (docker: Docker, container: ContainerInfo) => Promise<ServerState | "terminated">;

/** Stops within 30 s each, and answers when they are stopped; a stopped one stays so when the engine restarts. */
export function stop(link: Link, region: string, ids: string[], signal: AbortSignal): Promise<Transition[]> {
  return change(link, region, ids, signal, async (docker, { Id, State }) => {
    const container = docker.getContainer(Id);
    if (State === "paused") await unlessStatus(304, container.unpause());
    if (!["created", "exited", "removing", "dead"].includes(State)) {
      await container.update({ RestartPolicy: { Name: "no" } });
      await unlessStatus(304, container.stop({ t: STOP_TIMEOUT_SECONDS }));
    }
    return State === "created" ? "pending" : afterwards(State, "stopped");
  });
}

/** Ports are published anew at each start. One that was never launched to its end has no keys, and is left to `launch`. */
export function start(link: Link, region: string, ids: string[], signal: AbortSignal): Promise<Transition[]> {
  return change(link, region, ids, signal, async (docker, { Id, State }) => {
    const container = docker.getContainer(Id);
    if (State === "created") return "pending";
    if (State === "paused") await unlessStatus(304, container.unpause());
    if (State === "exited") {
      await container.update({ RestartPolicy: KEEP_UP });
      await unlessStatus(304, container.start());
    }
    return afterwards(State, "running");
  });
}

export async function destroy(link: Link, region: string, doomed: Doomed[], signal: AbortSignal) {
  const names = new Map(doomed.map(({ id, newName }) => [id, newName]));
  const attempts = new Set<string>();
  const transitions = await change(link, region, [...names.keys()], signal, async (docker, container) => {
    attempts.add(container.Labels[ATTEMPT] ?? "");
    await rename(docker, container, names.get(container.Id) ?? "");
    return remove(docker, container.Id);
  });
  attempts.delete("");
  await link.use(signal, (docker) => removeVolumesOf(docker, attempts));
  return transitions;
}

/** Applies `apply` to each of these that is there and ours; what is not is answered as terminated, and not touched. */
function change(link: Link, region: string, ids: string[], signal: AbortSignal, apply: Change): Promise<Transition[]> {
  const work = async (docker: Docker) => {
    assertRegion(region);
    const found = await docker.listContainers({ all: true, filters: OWNED });
    const byId = new Map(found.map((container) => [container.Id, container]));
    return inParallel(ids, CHANGES_AT_ONCE, async (id): Promise<Transition> => {
      const container = byId.get(id);
      if (!container) return { id, previous: null, current: "terminated" };
      const current = await unlessAbsent(apply(docker, container));
      return { id, previous: stateOf(container.State), current: current ?? "terminated" };
    });
  };
  return link.use(signal, work, CHANGE_TIMEOUT_MS);
}

/** Frees the old name at once, however long the removal takes. */
async function rename(docker: Docker, container: ContainerInfo, newName: string): Promise<void> {
  if (newName === "" || nameOf(container) === newName) return;
  await unlessStatus(409, docker.getContainer(container.Id).rename({ name: newName }));
}

async function remove(docker: Docker, id: string): Promise<ServerState | "terminated"> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true });
    return "terminated";
  } catch (error) {
    if (hasStatus(error, 409)) return "shutting-down";
    throw error;
  }
}

const afterwards = (state: string, wished: ServerState): ServerState =>
  stateOf(state) === "shutting-down" ? "shutting-down" : wished;
