import { setTimeout as sleep } from "node:timers/promises";
import { answerAs } from "../answer.ts";
import { askAll, askEngine, living } from "../ask-all.ts";
import { jsonBodyOf } from "../body.ts";
import { type Call, pathWith } from "../call.ts";
import { jsonOf } from "../http-client.ts";
import { enginesWith } from "../locate.ts";
import { managersOf } from "../managers.ts";
import { Refusal } from "../refusal.ts";

type Wish = {
  Driver?: string;
  Attachable?: boolean;
  ConfigOnly?: boolean;
  Scope?: string;
  Options?: Record<string, string> | null;
};

const createMs = 30_000;
const settleMs = 15_000;
const forgetMs = 3_000;
const retryMs = 250;

/**
 * Makes a network that containers on all nodes can be in. Clients do not say whether they meant a bridge or had no wish:
 * on a cluster of several nodes both become an attachable overlay, and are reported as one. Other drivers are left alone.
 * Throws Refusal 503 where no manager answers.
 */
export async function createNetwork(call: Call): Promise<{ status: number }> {
  const { text, json } = await jsonBodyOf<Wish>(call);
  const [manager] = await managersOf(call);
  const several = call.cluster.engines.length + call.cluster.away.length > 1;
  const spans = several && json && !json.ConfigOnly && ["", "bridge", "default"].includes(json.Driver ?? "");
  if (spans && !manager)
    throw new Refusal(503, "No manager of the cluster answers: only one can make a network that all nodes have.");
  const body = spans ? Buffer.from(JSON.stringify(overlayOf(json))) : text;
  const engine = manager && (spans || json?.Driver === "overlay") ? manager : living(call.cluster)[0]!;
  return answerAs(
    call,
    await askEngine(call, engine, { method: "POST", path: pathWith(call), text: body, timeoutMs: createMs }),
  );
}

/** Options of the bridge driver mean nothing to the overlay's, which refuses some. */
function overlayOf(wish: Wish): Wish {
  const Options = Object.fromEntries(
    Object.entries(wish.Options ?? {}).filter(([name]) => !name.startsWith("com.docker.network.bridge.")),
  );
  const { Scope: _, ...rest } = wish;
  return { ...rest, Driver: "overlay", Attachable: true, Options };
}

/**
 * Removes a network: of the whole cluster by a manager, another by its node. Managers hear a moment later than the nodes
 * that the last container has left: one that is empty is tried again for as long as that may take.
 */
export async function removeNetwork(call: Call): Promise<{ status: number }> {
  const { engines } = await enginesWith(call, "networks", call.params.id!);
  const managers = await managersOf(call);
  const engine =
    engines.find(({ id }) => managers.some((manager) => manager.id === id)) ?? engines[0] ?? living(call.cluster)[0]!;
  for (const deadline = Date.now() + settleMs; ; ) {
    const answer = await askEngine(call, engine, { method: "DELETE", path: pathWith(call), timeoutMs: createMs });
    const busy = answer.status >= 400 && /in use by task|active endpoints/.test(answer.body.toString("utf8"));
    if (answer.status < 300) await goneEverywhere(call);
    if (!busy || Date.now() > deadline || !(await isEmpty(call))) return answerAs(call, answer);
    await sleep(retryMs, undefined, { signal: call.signal });
  }
}

/** The nodes hear a moment later than the manager that a network is gone; until then they would go on listing it. */
async function goneEverywhere(call: Call): Promise<void> {
  for (const deadline = Date.now() + forgetMs; Date.now() < deadline; ) {
    const { engines } = await enginesWith(call, "networks", call.params.id!);
    if (engines.length === 0) return;
    await sleep(retryMs / 5, undefined, { signal: call.signal });
  }
}

/** Whether no container on any node that answers is in it. */
async function isEmpty(call: Call): Promise<boolean> {
  const { answers } = await askAll(call, { path: `/networks/${encodeURIComponent(call.params.id!)}` });
  const networks = answers.flatMap(({ answer }) => (answer.status === 200 ? jsonOf<Members>(answer) : []));
  return networks.every(({ Containers }) => Object.keys(Containers ?? {}).every((id) => !/^[0-9a-f]{64}$/.test(id)));
}

type Members = { Containers?: Record<string, unknown> | null };
