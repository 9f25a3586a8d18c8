import { IMAGES, REGIONS, SIZES } from "./catalogue.ts";
import { pageOf, type Route, type RouteContext } from "./route.ts";
import { type Action, type Droplet, freshAddress, nextId, notFound, unprocessable, type World } from "./world.ts";

const MAX_IN_A_CALL = 10;
const HOSTNAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/;
const TAG = /^[a-zA-Z0-9:_-]{1,255}$/;

/** Applies every action whose time has come, and boots new droplets. */
export function settle(world: World): void {
  const now = world.clock.now();
  for (const action of world.actions) {
    if (action.applied || action.endsAt > now) continue;
    action.applied = true;
    const droplet = world.droplets.get(action.dropletId);
    if (!droplet) continue;
    if (action.type === "create" || action.type === "power_on") {
      droplet.status = "active";
      droplet.addressAt = action.endsAt + (action.type === "create" ? world.behaviour.addressLagMs : 0);
    }
    if (action.type === "power_off") droplet.status = "off";
    if (action.type === "shutdown" && !world.behaviour.deaf.has(droplet.id)) droplet.status = "off";
    if (action.type === "destroy") world.droplets.delete(droplet.id);
  }
}

const pending = (world: World, id: number) =>
  world.actions.find((action) => action.dropletId === id && !action.applied);

function startAction(ctx: RouteContext, droplet: Droplet, type: Action["type"], ms: number): Action {
  if (pending(ctx.world, droplet.id)) throw unprocessable("Droplet already has a pending event.");
  const action: Action = {
    id: nextId(ctx.world),
    dropletId: droplet.id,
    type,
    startedAt: ctx.now,
    endsAt: ctx.now + ms,
    result: "completed",
    applied: false,
  };
  ctx.world.actions.push(action);
  if (ctx.world.backing) follow(ctx.world, droplet, action);
  return action;
}

/** Lets an action last until the droplet's container got there. */
function follow(world: World, droplet: Droplet, action: Action): void {
  action.endsAt = Number.POSITIVE_INFINITY;
  move(world, droplet, action.type)
    .catch((error: unknown) => {
      console.error(`emulated digitalocean: ${droplet.id}:`, error);
      action.result = "errored";
    })
    .finally(() => {
      action.endsAt = world.clock.now();
    });
}

async function move({ backing, behaviour }: World, droplet: Droplet, type: Action["type"]): Promise<void> {
  const id = `droplet-${droplet.id}`;
  const server = { id, hostname: droplet.name, launchIndex: 0, userData: droplet.userData, address: droplet.publicIp };
  if (type === "create") droplet.privateIp = await backing!.boot(server);
  if (type === "power_on") droplet.privateIp = await backing!.restart(server);
  if (type === "power_off" || (type === "shutdown" && !behaviour.deaf.has(droplet.id))) await backing!.stop(id);
  if (type === "destroy") await backing!.remove(id);
}

const actionAnswer = (world: World, action: Action) => ({
  id: action.id,
  status: action.endsAt > world.clock.now() ? "in-progress" : action.result,
  type: action.type,
  started_at: new Date(action.startedAt).toISOString(),
  completed_at: action.endsAt > world.clock.now() ? null : new Date(action.endsAt).toISOString(),
  resource_id: action.dropletId,
  resource_type: "droplet",
  region_slug: world.droplets.get(action.dropletId)?.region ?? null,
});

function dropletAnswer(world: World, droplet: Droplet) {
  const now = world.clock.now();
  const size = SIZES.find((one) => one.slug === droplet.size)!;
  const address = (ip_address: string, type: string) => ({
    ip_address,
    netmask: "255.255.240.0",
    gateway: "0.0.0.0",
    type,
  });
  const hasAddress = droplet.status !== "new" && droplet.addressAt <= now;
  return {
    id: droplet.id,
    name: droplet.name,
    memory: size.memory,
    vcpus: size.vcpus,
    disk: size.disk,
    locked: pending(world, droplet.id) !== undefined,
    status: droplet.status,
    created_at: new Date(droplet.createdAt).toISOString().replace(/\.\d+Z$/, "Z"),
    features: ["droplet_agent", "private_networking"],
    backup_ids: [],
    snapshot_ids: [],
    volume_ids: [],
    image: { id: 1, name: droplet.image, distribution: "Debian", slug: droplet.image, public: true },
    size_slug: droplet.size,
    networks: {
      v4: [address(droplet.privateIp, "private"), ...(hasAddress ? [address(droplet.publicIp, "public")] : [])],
      v6: [],
    },
    region: { slug: droplet.region, name: droplet.region, available: true },
    tags: droplet.tags,
    vpc_uuid: "760e09ef-dc84-11e8-981e-3cfdfeaae000",
  };
}

function create(ctx: RouteContext) {
  const { world, body, now } = ctx;
  settle(world);
  const names = (body.names ?? (body.name === undefined ? [] : [body.name])) as string[];
  const tags = (body.tags ?? []) as string[];
  const size = SIZES.find((one) => one.slug === body.size);
  const region = REGIONS.find((one) => one.slug === body.region && one.available);
  if (names.length === 0) throw unprocessable("Name can't be blank");
  if (names.length > MAX_IN_A_CALL) throw unprocessable("You can only create 10 droplets at once");
  if (names.some((name) => !HOSTNAME.test(name))) {
    throw unprocessable("Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)");
  }
  if (tags.some((tag) => !TAG.test(tag)))
    throw unprocessable("Tag names must only contain letters, numbers, colons, dashes, and underscores.");
  if (!size) throw unprocessable("You specified an invalid size for Droplet creation.");
  if (!region) throw unprocessable("You specified an invalid region for Droplet creation.");
  if (!size.regions.includes(region.slug) || world.behaviour.soldOut.has(size.slug)) {
    throw unprocessable("Size is not available in this region.");
  }
  if (!IMAGES.has(String(body.image))) throw unprocessable("You specified an invalid image for Droplet creation.");
  if (String(body.user_data ?? "").length > 65_536)
    throw unprocessable("User data is too long (maximum is 65536 characters)");
  if (world.droplets.size + names.length > world.behaviour.dropletLimit) {
    throw unprocessable("creating this/these droplet(s) will exceed your droplet limit");
  }
  const keyIds = ((body.ssh_keys ?? []) as (number | string)[]).map((wanted) => keyOf(world, wanted));
  const made = names.map((name) => {
    const id = nextId(world);
    const droplet: Droplet = {
      id,
      name,
      status: "new",
      region: region.slug,
      size: size.slug,
      image: String(body.image),
      tags: [...new Set(tags.map((tag) => sameTag(world, tag)))],
      keyIds,
      userData: String(body.user_data ?? ""),
      createdAt: now,
      visibleAt: now + world.behaviour.consistencyLagMs,
      publicIp: freshAddress(world),
      privateIp: `10.132.${(id >> 8) & 255}.${id & 255}`,
      addressAt: Number.POSITIVE_INFINITY,
    };
    world.droplets.set(id, droplet);
    startAction(ctx, droplet, "create", world.behaviour.bootMs);
    return droplet;
  });
  const answers = made.map((droplet) => dropletAnswer(world, droplet));
  const key = body.names === undefined ? { droplet: answers[0] } : { droplets: answers };
  return { status: 202, body: { ...key, links: { actions: [] } } };
}

/** Tags are the same whatever their case: the first spelling stays. */
function sameTag(world: World, tag: string): string {
  const known = [...world.tags].find((one) => one.toLowerCase() === tag.toLowerCase());
  if (!known) world.tags.add(tag);
  return known ?? tag;
}

function keyOf(world: World, wanted: number | string): number {
  const key = [...world.keys.values()].find((one) => one.id === Number(wanted) || one.fingerprint === wanted);
  if (!key) throw unprocessable(`${wanted} are invalid key identifiers for Droplet creation.`);
  return key.id;
}

function list(ctx: RouteContext) {
  settle(ctx.world);
  const tag = ctx.request.query.get("tag_name")?.toLowerCase();
  const name = ctx.request.query.get("name");
  const all = [...ctx.world.droplets.values()].filter(
    (one) =>
      (tag === undefined || (one.visibleAt <= ctx.now && one.tags.some((has) => has.toLowerCase() === tag))) &&
      (name === null || one.name === name),
  );
  return pageOf(
    ctx,
    "droplets",
    all.map((one) => dropletAnswer(ctx.world, one)),
  );
}

function find(ctx: RouteContext): Droplet {
  settle(ctx.world);
  const droplet = ctx.world.droplets.get(Number(ctx.params[0]));
  if (!droplet) throw notFound();
  return droplet;
}

function act(ctx: RouteContext) {
  const droplet = find(ctx);
  const type = String(ctx.body.type) as Action["type"];
  if (!["shutdown", "power_off", "power_on", "rename"].includes(type))
    throw unprocessable(`${type} is not a valid action`);
  if (type === "power_on" && droplet.status === "active") throw unprocessable("Droplet is already powered on.");
  if ((type === "shutdown" || type === "power_off") && droplet.status === "off") {
    throw unprocessable("Droplet is already powered off.");
  }
  const action = startAction(ctx, droplet, type, ctx.world.behaviour.actionMs);
  if (type === "rename") droplet.name = String(ctx.body.name);
  return { status: 201, body: { action: actionAnswer(ctx.world, action) } };
}

export const dropletRoutes: Route[] = [
  { method: "POST", path: /^\/v2\/droplets$/, scope: "droplet:create", run: create },
  { method: "GET", path: /^\/v2\/droplets$/, scope: "droplet:read", run: list },
  {
    method: "GET",
    path: /^\/v2\/droplets\/(\d+)$/,
    scope: "droplet:read",
    run: (ctx) => ({ status: 200, body: { droplet: dropletAnswer(ctx.world, find(ctx)) } }),
  },
  {
    method: "DELETE",
    path: /^\/v2\/droplets\/(\d+)$/,
    scope: "droplet:delete",
    run: (ctx) => {
      startAction(ctx, find(ctx), "destroy", ctx.world.behaviour.actionMs);
      return { status: 204 };
    },
  },
  { method: "POST", path: /^\/v2\/droplets\/(\d+)\/actions$/, scope: "droplet:update", run: act },
  {
    method: "GET",
    path: /^\/v2\/droplets\/(\d+)\/actions$/,
    scope: "droplet:read",
    run: (ctx) => {
      const droplet = find(ctx);
      const actions = ctx.world.actions.filter((one) => one.dropletId === droplet.id).reverse();
      return pageOf(
        ctx,
        "actions",
        actions.map((one) => actionAnswer(ctx.world, one)),
      );
    },
  },
];
