import type { Engine } from "./cluster.ts";
import { get } from "./http-client.ts";

const pingMs = 2_500;
const watchEveryMs = 2_500;
/** So many pings in a row without an answer, and a node's open streams are cut. */
const silencesAtMost = 3;
/** A node that nobody asks for any more is not pinged for longer than this. */
const interestMs = 60_000;

type State = {
  /** The last ping, or request, did not get through. */
  down: boolean;
  silences: number;
  streams: Set<Watched>;
  wantedAt: number;
  timer: NodeJS.Timeout | undefined;
  engine: Engine;
};

const states = new Map<string, State>();

function stateOf(engine: Engine): State {
  const fresh = {
    down: false,
    silences: 0,
    streams: new Set<Watched>(),
    wantedAt: 0,
    timer: undefined,
  };
  const state = states.get(engine.id) ?? { ...fresh, engine };
  state.engine = engine;
  state.wantedAt = Date.now();
  states.set(engine.id, state);
  return state;
}

/** Whether a node is known not to answer; it is asked for again in the background until it does. */
export const isDown = (engine: Engine): boolean => stateOf(engine).down;

/** A request did not get through. */
export function noteSilence(engine: Engine): void {
  const state = stateOf(engine);
  state.down = true;
  closeIdle(engine);
  watch(state);
}

type Watched = { cut: (reason: Error) => void; back: (() => void) | undefined };

/**
 * Has `cut` called when the node falls silent while a stream to it is open, and `back` when it answers after a silence that
 * was too short for that: what was sent meanwhile may still take its time. Answers how to stop watching.
 */
export function watchStream(engine: Engine, cut: (reason: Error) => void, back?: () => void): () => void {
  const state = stateOf(engine);
  const watched = { cut, back };
  state.streams.add(watched);
  watch(state);
  return () => void state.streams.delete(watched);
}

/** Connections that wait for use may be dead without knowing it: after a silence none is used again. */
function closeIdle({ agent }: Engine): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

function watch(state: State): void {
  state.timer ??= setInterval(() => void look(state), watchEveryMs).unref();
}

async function look(state: State): Promise<void> {
  const idle = state.streams.size === 0 && (!state.down || Date.now() - state.wantedAt > interestMs);
  if (idle) {
    clearInterval(state.timer);
    state.timer = undefined;
    if (!state.down || Date.now() - state.wantedAt > interestMs) states.delete(state.engine.id);
    return;
  }
  const answers = await get(state.engine, "/_ping", pingMs).then(
    () => true,
    () => false,
  );
  state.down = !answers;
  if (!answers) closeIdle(state.engine);
  if (answers && state.silences > 0) for (const { back } of [...state.streams]) back?.();
  state.silences = answers ? 0 : state.silences + 1;
  if (state.silences < silencesAtMost) return;
  const reason = new Error(`${state.engine.name} does not answer any more`);
  for (const { cut } of [...state.streams]) cut(reason);
  state.streams.clear();
}
