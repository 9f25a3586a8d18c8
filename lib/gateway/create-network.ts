import { answerAs } from "./answer.ts";
import { askEngine, living } from "./ask-all.ts";
import { jsonBodyOf } from "./body.ts";
import { type Call, pathWith } from "./call.ts";
import { managersOf } from "./managers.ts";

type Wish = {
  Driver?: string;
  Attachable?: boolean;
  ConfigOnly?: boolean;
  Scope?: string;
  Options?: Record<string, string> | null;
};

const createMs = 30_000;

/**
 * Makes a network that containers on all nodes can be in. Clients do not say whether they meant a bridge or had no wish:
 * on a cluster of several nodes both become an attachable overlay, and are reported as one. Other drivers are left alone.
 */
export async function createNetwork(call: Call): Promise<{ status: number }> {
  const { text, json } = await jsonBodyOf<Wish>(call);
  const [manager] = await managersOf(call);
  const several = call.cluster.engines.length + call.cluster.away.length > 1;
  const spans = several && manager && json && !json.ConfigOnly && ["", "bridge", "default"].includes(json.Driver ?? "");
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
