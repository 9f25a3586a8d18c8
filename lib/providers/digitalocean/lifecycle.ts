import { inParallel } from "../parallel.ts";
import { ProviderError, type Transition } from "../provider.ts";
import { ask, type DigitalOceanSession } from "./client.ts";
import { dropletById, dropletPath } from "./droplet.ts";
import { isNotFound } from "./errors.ts";
import { inTurn } from "./in-turn.ts";

const AT_ONCE = 5;
/** How long a droplet may take to obey a shutdown before its power is cut. */
const SHUTDOWN_MS = 60_000;

type Action = { id: number; type: string; status: "in-progress" | "completed" | "errored"; started_at: string };

/**
 * Asks each droplet to shut down; one that was asked a minute ago and still runs has its power cut. Called again for
 * as long as a droplet runs. Nothing is asked of a droplet that is at something else.
 */
export function stop(session: DigitalOceanSession, ids: string[], signal: AbortSignal): Promise<Transition[]> {
  return each(ids, async (id): Promise<Transition> => {
    const droplet = await dropletById(session, id, signal);
    if (!droplet) return { id, previous: null, current: "terminated" };
    if (droplet.status === "off") return { id, previous: "stopped", current: "stopped" };
    if (droplet.status === "new") return { id, previous: "pending", current: "pending" };
    const latest = await latestAction(session, id, signal);
    if (latest?.status === "in-progress") return { id, previous: "running", current: stoppingIf(latest) };
    const asked = latest?.type === "shutdown" ? Date.now() - Date.parse(latest.started_at) : null;
    if (asked !== null && asked < SHUTDOWN_MS) return { id, previous: "running", current: "stopping" };
    await act(session, id, asked === null ? "shutdown" : "power_off", signal);
    return { id, previous: "running", current: "stopping" };
  });
}

const stoppingIf = (action: Action) => (["shutdown", "power_off"].includes(action.type) ? "stopping" : "running");

export function start(session: DigitalOceanSession, ids: string[], signal: AbortSignal): Promise<Transition[]> {
  return each(ids, async (id): Promise<Transition> => {
    const droplet = await dropletById(session, id, signal);
    if (!droplet) return { id, previous: null, current: "terminated" };
    if (droplet.status === "new") return { id, previous: "pending", current: "pending" };
    const latest = await latestAction(session, id, signal);
    const busy = latest?.status === "in-progress";
    if (droplet.status === "active") return { id, previous: "running", current: busy ? stoppingIf(latest) : "running" };
    if (!busy) await act(session, id, "power_on", signal);
    return { id, previous: "stopped", current: "pending" };
  });
}

/** Deletes by id, and by nothing else. A droplet that is at something else is left for a later call. */
export function destroy(session: DigitalOceanSession, ids: string[], signal: AbortSignal): Promise<Transition[]> {
  return each(ids, async (id): Promise<Transition> => {
    try {
      await ask(session, { method: "DELETE", path: dropletPath(id) }, signal);
      session.forget(id);
      return { id, previous: "running", current: "shutting-down" };
    } catch (error) {
      if (isNotFound(error)) return { id, previous: null, current: "terminated" };
      if (!isPending(error)) throw error;
      return { id, previous: "running", current: "running" };
    }
  });
}

/** One thing at a time for each droplet, from whatever caller of this process. */
const each = (ids: string[], work: (id: string) => Promise<Transition>) =>
  inParallel(ids, AT_ONCE, (id) => inTurn(`droplet ${id}`, () => work(id)));

async function latestAction(
  session: DigitalOceanSession,
  id: string,
  signal: AbortSignal,
): Promise<Action | undefined> {
  const call = { method: "GET", path: `${dropletPath(id)}/actions`, query: { per_page: 5 } } as const;
  const { actions } = await ask<{ actions: Action[] }>(session, call, signal);
  return actions.toSorted((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at) || b.id - a.id)[0];
}

/** Somebody else's action may have come first: then ours is for a later call. */
async function act(session: DigitalOceanSession, id: string, type: string, signal: AbortSignal): Promise<void> {
  await ask(session, { method: "POST", path: `${dropletPath(id)}/actions`, body: { type } }, signal).catch(
    (error: unknown) => {
      if (!isPending(error)) throw error;
    },
  );
}

const isPending = (error: unknown) =>
  error instanceof ProviderError && error.code === "conflict" && /pending event/i.test(error.message);
