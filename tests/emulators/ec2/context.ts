import { ApiError } from "./api-error.ts";
import type { Account, Region, Resource, World } from "./world.ts";

/** What an action works with: the world, who calls, and where. */
export type CallContext = { world: World; account: Account; region: Region; now: number };

/** What the SDK's types allow to be absent, the model's required members aside. */
export type Action = (ctx: CallContext, input: never) => Record<string, unknown>;

/** Resources that this call may see by now. */
export function visible<T extends Resource>(ctx: CallContext, map: Map<string, T>): T[] {
  return [...map.values()].filter((one) => one.visibleAt <= ctx.now);
}

/** The named resources, or the service's error that names the missing ones. */
export function byId<T extends Resource>(
  ctx: CallContext,
  map: Map<string, T>,
  ids: string[],
  code: string,
  noun: string,
): T[] {
  const found = ids.map((id) => map.get(id));
  const missing = ids.filter((_, index) => !found[index] || found[index].visibleAt > ctx.now);
  if (missing.length > 0) {
    const plural = missing.length > 1;
    const names = missing.join(", ");
    throw new ApiError(code, `The ${noun} ID${plural ? "s" : ""} '${names}' do${plural ? "" : "es"} not exist`);
  }
  return found as T[];
}
