import { z } from "zod";
import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";
import { change } from "./ask.ts";
import { pruneImages } from "./images.ts";
import { availabilities, setAvailability } from "./nodes.ts";
import { restartService, rollBackService } from "./service-changes.ts";
import { removeStack } from "./stacks/remove.ts";

/** An engine gives a container ten seconds to stop by itself, and a team may have told it to give more. */
const stopMs = 120_000;

const id = z.string().min(1).max(300);
const verbs = ["start", "stop", "restart", "pause", "unpause"] as const;

/** One thing that a button does to a cluster. */
const act = z.discriminatedUnion("do", [
  z.object({ do: z.enum(verbs), id }),
  z.object({ do: z.literal("remove container"), id, volumes: z.boolean() }),
  z.object({ do: z.literal("remove image"), id }),
  z.object({ do: z.literal("prune images") }),
  z.object({ do: z.literal("remove volume"), id }),
  z.object({ do: z.literal("remove network"), id }),
  z.object({ do: z.literal("remove service"), id }),
  z.object({ do: z.literal("restart service"), id }),
  z.object({ do: z.literal("roll back service"), id }),
  z.object({ do: z.literal("remove stack"), id }),
  z.object({ do: z.literal("set availability"), id, availability: z.enum(availabilities) }),
]);
export type DockerAct = z.output<typeof act>;

/** Does it as the asker's own Docker client would; whether they may, the gateway says, and it writes it down. */
export async function actOn(ctx: Context, environmentId: string, wish: unknown): Promise<void> {
  const parsed = act.safeParse(wish);
  if (!parsed.success) throw invalid("This page is older than the server: reload it.");
  await run(ctx, environmentId, parsed.data);
}

async function run(ctx: Context, environmentId: string, wish: DockerAct): Promise<unknown> {
  const remove = (path: string) => change(ctx, environmentId, path, { method: "DELETE" });
  switch (wish.do) {
    case "remove container":
      return remove(`/containers/${encodeURIComponent(wish.id)}?force=true&v=${wish.volumes}`);
    case "remove image":
      return remove(`/images/${encodeURIComponent(wish.id)}?force=true`);
    case "prune images":
      return pruneImages(ctx, environmentId);
    case "remove volume":
      return remove(`/volumes/${encodeURIComponent(wish.id)}`);
    case "remove network":
      return remove(`/networks/${encodeURIComponent(wish.id)}`);
    case "remove service":
      return remove(`/services/${encodeURIComponent(wish.id)}`);
    case "restart service":
      return restartService(ctx, environmentId, wish.id);
    case "roll back service":
      return rollBackService(ctx, environmentId, wish.id);
    case "remove stack":
      return removeStack(ctx, environmentId, wish.id);
    case "set availability":
      return setAvailability(ctx, environmentId, wish.id, wish.availability);
    default:
      return change(ctx, environmentId, `/containers/${encodeURIComponent(wish.id)}/${wish.do}`, { timeoutMs: stopMs });
  }
}
