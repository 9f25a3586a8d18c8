import type { Call } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { forward, type Instead } from "./forward.ts";
import { tunnel } from "./tunnel.ts";

/** Passes a request on to one engine, whether it stays with HTTP or asks to leave it. */
export const pass = (call: Call, engine: Engine, instead: Instead = {}): Promise<{ status: number }> =>
  call.upgrade ? tunnel(call, engine, instead) : forward(call, engine, instead);
