import { pipeline } from "node:stream/promises";
import type { Call } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { encoded } from "./locate.ts";
import { begin, failureOf } from "./long-request.ts";
import { Refusal } from "./refusal.ts";

const host = ["host", "docker"];

/** Puts an image of one node on another, as it comes. Throws Refusal 502 with what either said. */
export async function carry(call: Call, name: string, from: Engine, to: Engine): Promise<void> {
  const path = `${call.version}/images/${encoded(name)}/get`;
  const saving = begin(call, from, { method: "GET", path, headers: host });
  saving.sent.end();
  const headers = [...host, "content-type", "application/x-tar"];
  const loading = begin(call, to, { method: "POST", path: `${call.version}/images/load`, headers });
  const failure = failureOf(loading);
  try {
    const archive = await saving.answer;
    if (archive.statusCode !== 200) throw new Error(`it answers ${archive.statusCode}`);
    await pipeline(archive, loading.sent);
  } catch (cause) {
    for (const { sent } of [saving, loading]) sent.destroy();
    throw new Refusal(502, `${name} did not come from ${from.name}: ${(cause as Error).message}`, { cause });
  } finally {
    saving.stop();
  }
  const said = await failure;
  if (said) throw new Refusal(502, `${name} did not come from ${from.name}: ${said}`);
}
