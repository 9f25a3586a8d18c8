import type { CallContext } from "./context.ts";
import type { Instance, InstanceState, World } from "./world.ts";

/** How long a terminated instance stays in listings. */
const LINGER_MS = 3_600_000;

/** Brings every instance of the region to the state that the time makes it have. */
export function settle(ctx: CallContext): void {
  for (const instance of ctx.region.instances.values()) {
    if (instance.next && instance.next.at <= ctx.now) {
      instance.state = instance.next.state;
      instance.next = null;
      if (instance.state === "stopped") instance.publicIp = null;
      if (instance.state === "terminated") end(ctx, instance);
    }
    if (instance.state === "terminated" && instance.createdAt + LINGER_MS < ctx.now)
      ctx.region.instances.delete(instance.id);
  }
}

function end(ctx: CallContext, instance: Instance): void {
  ctx.region.interfaces.delete(instance.interfaceId);
  const volume = ctx.region.volumes.get(instance.volumeId);
  if (!volume) return;
  if (instance.deleteVolume) ctx.region.volumes.delete(volume.id);
  else volume.instanceId = null;
}

/** Sets an instance on its way: it is in `via` for `ms`, or until its container got there, and then in `to`. */
export function travel(world: World, instance: Instance, via: InstanceState, to: InstanceState, ms: number): void {
  instance.state = via;
  if (!world.backing) {
    instance.next = { at: world.clock.now() + ms, state: to };
    return;
  }
  instance.next = null;
  const arrive = (state: InstanceState) => {
    if (instance.state === via) instance.next = { at: 0, state };
  };
  move(world, instance, via, to).then(
    () => arrive(to),
    (error: unknown) => {
      console.error(`emulated ec2: ${instance.id}:`, error);
      arrive(to === "running" ? "terminated" : to);
    },
  );
}

async function move({ backing }: World, instance: Instance, via: InstanceState, to: InstanceState): Promise<void> {
  const { id, launchIndex, userData, publicIp } = instance;
  const hostname = `ip-${instance.privateIp.replaceAll(".", "-")}`;
  const server = { id, hostname, launchIndex, userData, address: publicIp ?? "127.0.0.1" };
  if (to === "running")
    instance.privateIp = instance.booted ? await backing!.restart(server) : await backing!.boot(server);
  if (to === "running") instance.booted = true;
  if (to === "stopped") await backing!.stop(id);
  if (via === "shutting-down") await backing!.remove(id);
}
