import type { Queried, QueriedServer } from "#lib/domain/environments/query.ts";
import type { Transition, Transitions } from "#lib/domain/environments/wish.ts";
import { cloudStates } from "#lib/model/transitions.ts";

/** `std_out` → provider alias → provider type → server name, as the reference shows it. */
function report<S extends { hostname: string }, T>(
  place: { alias: string; type: string; servers: S[] },
  present: (server: S) => T,
) {
  const servers = Object.fromEntries(place.servers.map((server) => [server.hostname, present(server)]));
  return { [place.alias]: { [place.type]: servers } };
}

const presentTransition = ({ serverId, previous, current }: Transition) => ({
  instanceId: serverId,
  currentState: cloudStates[current],
  previousState: cloudStates[previous],
});

/** Stop's and start's answer: a one-element array per server. */
export const presentMoved = (moved: Transitions) => ({
  std_out: report(moved, (server) => [presentTransition(server)]),
  success: true,
  state: moved.state,
});

/** Delete's answer: an object per server, with the name it dies under. */
export const presentDeleted = (deleted: Transitions) => ({
  std_out: report(deleted, (server) => ({ newname: server.newName, ...presentTransition(server) })),
  success: true,
  state: deleted.state,
});

const presentServer = (server: QueriedServer) => ({
  private_ips: server.privateIp,
  image: server.image,
  state: server.state,
  public_ips: server.publicIp,
  size: server.size,
  id: server.id,
  name: server.hostname,
  endpoints: server.endpoints,
});

export const presentQueried = (queried: Queried) => ({
  std_out: report(queried, presentServer),
  success: queried.complete,
  state: queried.state,
  ...(queried.staleSeconds === null ? {} : { stale: true as const, age_seconds: queried.staleSeconds }),
});
