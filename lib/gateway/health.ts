import type { Engine } from "./cluster.ts";
import { get } from "./http-client.ts";
import { closeIdle } from "./kept.ts";

const pingMs = 2_500;
const watchEveryMs = 2_500;
/** So many pings in a row without an answer, and a node's open streams are cut. */
const silencesAtMost = 3;
/** A node that nobody asks for any more is not pinged for longer than this. */
const interestMs = 60_000;

type State = {
  /** The last ping was not answered. */
  down: boolean;
  /** The ping that is under way. */
  checking: Promise<boolean> | undefined;
  silences: number;
  streams: Set<Watched>;
  wantedAt: number;
  timer: NodeJS.Timeout | undefined;
  engine: Engine;
};

const states = new Map<string, State>();

function stateOf(engine: Engine): State {
  let state = states.get(engine.id);
  if (!state) {
    state = {
      down: false,
      checking: undefined,
      silences: 0,
      streams: new Set(),
      wantedAt: 0,
      timer: undefined,
      engine,
    };
    states.set(engine.id, state);
  }
  state.engine = engine;
  state.wantedAt = Date.now();
  return state;
}

/** Whether a node is known not to answer; it is asked for again in the background until it does. */
export const isDown = (engine: Engine): boolean => stateOf(engine).down;

/** Whether it answered its last ping, and none is out. */
export function isHeard(engine: Engine): boolean {
  const { down, checking } = stateOf(engine);
  return !down && !checking;
}

/** Whether it answers a ping now. */
export const answersPing = (engine: Engine): Promise<boolean> => check(stateOf(engine));

/** A request did not get through. Whether the engine is silent, or was slow with this one alone, is told by a ping. */
export function noteSilence(engine: Engine): void {
  const state = stateOf(engine);
  closeIdle(engine);
  watch(state);
  void check(state);
}

/** Pings; one ping for all who ask meanwhile. Answers whether it came back, which is what is known from then on. */
function check(state: State): Promise<boolean> {
  state.checking ??= ping(state).then((answers) => {
    if (!answers) closeIdle(state.engine);
    state.down = !answers;
    state.checking = undefined;
    return answers;
  });
  return state.checking;
}

/**
 * Whether anybody answers, as far as is known; where all are thought silent, or may be, they are pinged and waited for,
 * since all may have been busy alone.
 */
export async function anyAnswers(engines: readonly Engine[]): Promise<boolean> {
  const all = engines.map(stateOf);
  if (engines.some(isHeard)) return true;
  const first = all.map(async (state) => (await check(state)) || Promise.reject(new Error("silent")));
  return Promise.any(first).then(
    () => true,
    () => false,
  );
}

const ping = ({ engine }: State) =>
  get(engine, "/_ping", pingMs).then(
    () => true,
    () => false,
  );

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

function watch(state: State): void {
  state.timer ??= setInterval(() => void look(state), watchEveryMs).unref();
}

async function look(state: State): Promise<void> {
  const isWell = !state.down && !state.checking;
  if (state.streams.size === 0 && (isWell || Date.now() - state.wantedAt > interestMs)) {
    clearInterval(state.timer);
    state.timer = undefined;
    states.delete(state.engine.id);
    return;
  }
  const answers = await check(state);
  if (answers && state.silences > 0) for (const { back } of [...state.streams]) back?.();
  state.silences = answers ? 0 : state.silences + 1;
  if (state.silences < silencesAtMost) return;
  const reason = new Error(`${state.engine.name} does not answer any more`);
  for (const { cut } of [...state.streams]) cut(reason);
  state.streams.clear();
}
