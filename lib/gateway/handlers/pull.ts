import { living } from "../ask-all.ts";
import type { Call } from "../call.ts";
import { forward, headersFor } from "../forward.ts";
import { registryAuth } from "../registries.ts";
import { everywhere } from "./everywhere.ts";

/** Pulls an image onto every node that answers, with the same credentials. */
export async function pullImage(call: Call): Promise<{ status: number }> {
  const image = call.query.get("fromImage");
  if (!image) return forward(call, living(call.cluster)[0]!);
  const headers = headersFor(call.request, { headers: await registryAuth(call, image), body: Buffer.alloc(0) });
  return everywhere(call, headers);
}

/** Puts the images of a `docker save` on every node that answers, so that a service's tasks may run on any. */
export const loadImages = (call: Call): Promise<{ status: number }> =>
  everywhere(call, headersFor(call.request, {}), call.request);
