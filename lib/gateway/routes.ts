import type { Role } from "#lib/model/roles.ts";
import type { Call } from "./call.ts";
import { build, toBuilder } from "./handlers/builds.ts";
import {
  changeContainer,
  connectNetwork,
  createExec,
  removeContainer,
  renameContainer,
  toContainer,
} from "./handlers/containers.ts";
import { createContainer } from "./handlers/create-container.ts";
import { pushImage, toDistribution, toImage, toImages } from "./handlers/images.ts";
import { toLowest } from "./handlers/lowest.ts";
import { createNetwork, removeNetwork } from "./handlers/networks.ts";
import { createVolume, removeVolume, toExec, toService, toVolume, usual } from "./handlers/others.ts";
import { loadImages, pullImage } from "./handlers/pull.ts";
import { toManager } from "./managers.ts";
import { inspectContainer, listContainers } from "./merge/containers.ts";
import { followEvents } from "./merge/events.ts";
import { listImages, removeImage, tagImage } from "./merge/images.ts";
import { clusterInfo } from "./merge/info.ts";
import { inspectNetwork, listNetworks } from "./merge/networks.ts";
import { diskUsage, prune } from "./merge/usage.ts";
import { listVolumes } from "./merge/volumes.ts";

export type Handler = (call: Call) => Promise<{ status: number }>;

/** `audit`: whether a call is written down when it has ended, or, for what lasts, at its beginning too. */
export type Route = {
  method: string;
  pattern: RegExp;
  names: string[];
  handler: Handler;
  role: Role;
  audit: "no" | "call" | "session";
};

type Line = [method: string, path: string, handler: Handler, role?: Role, audit?: Route["audit"]];

/** What reads and what changes; where the method does not tell, it is said. */
const lines: Line[] = [
  ["GET", "/_ping", toLowest],
  ["HEAD", "/_ping", toLowest],
  ["GET", "/version", toLowest],
  ["GET", "/info", clusterInfo],
  ["GET", "/events", followEvents],
  ["GET", "/system/df", diskUsage],
  ["POST", "/auth", usual, "viewer", "no"],

  ["GET", "/containers/json", listContainers],
  ["POST", "/containers/create", createContainer],
  ["POST", "/containers/prune", prune],
  ["GET", "/containers/{id}/json", inspectContainer],
  ["GET", "/containers/{id}/export", toContainer, "operator"],
  ["GET", "/containers/{id}/archive", toContainer, "operator"],
  ["HEAD", "/containers/{id}/archive", toContainer, "operator"],
  ["PUT", "/containers/{id}/archive", toContainer],
  ["POST", "/containers/{id}/wait", toContainer, "viewer", "no"],
  ["POST", "/containers/{id}/resize", toContainer, "operator", "no"],
  ["POST", "/containers/{id}/attach", toContainer, "operator", "session"],
  ["GET", "/containers/{id}/attach/ws", toContainer, "operator", "session"],
  ["POST", "/containers/{id}/exec", createExec],
  ["POST", "/containers/{id}/rename", renameContainer],
  ["POST", "/containers/{id}/update", changeContainer],
  ["DELETE", "/containers/{id}", removeContainer],
  // Each by its name: a name that is written otherwise ("%65xport") is none, and gets nobody past a role.
  ...["top", "logs", "changes", "stats"].map((verb): Line => ["GET", `/containers/{id}/${verb}`, toContainer]),
  ...["start", "stop", "restart", "kill", "pause", "unpause", "copy"].map(
    (verb): Line => ["POST", `/containers/{id}/${verb}`, toContainer],
  ),
  ["POST", "/exec/{id}/start", toExec, "operator", "session"],
  ["POST", "/exec/{id}/resize", toExec, "operator", "no"],
  ["GET", "/exec/{id}/json", toExec],

  ["GET", "/images/json", listImages],
  ["POST", "/images/create", pullImage],
  ["POST", "/images/prune", prune],
  ["POST", "/images/load", loadImages],
  ["GET", "/images/get", toImages, "operator"],
  ["GET", "/images/search", toDistribution],
  ["GET", "/images/{name+}/get", toImage, "operator"],
  ["GET", "/images/{name+}/json", toImage],
  ["GET", "/images/{name+}/history", toImage],
  ["POST", "/images/{name+}/tag", tagImage],
  ["POST", "/images/{name+}/push", pushImage],
  ["DELETE", "/images/{name+}", removeImage],
  ["GET", "/distribution/{name+}/json", toDistribution],
  ["POST", "/commit", toContainer],
  ["POST", "/build", build],
  ["POST", "/build/prune", prune],
  ["POST", "/build/cancel", toBuilder],
  ["POST", "/session", toBuilder, "operator", "session"],
  ["POST", "/grpc", toBuilder, "operator", "session"],

  ["GET", "/volumes", listVolumes],
  ["POST", "/volumes/create", createVolume],
  ["POST", "/volumes/prune", prune],
  ["GET", "/volumes/{name}", toVolume],
  ["PUT", "/volumes/{name}", toVolume],
  ["DELETE", "/volumes/{name}", removeVolume],

  ["GET", "/networks", listNetworks],
  ["POST", "/networks/create", createNetwork],
  ["POST", "/networks/prune", prune],
  ["POST", "/networks/{id}/connect", connectNetwork],
  ["POST", "/networks/{id}/disconnect", connectNetwork],
  ["GET", "/networks/{id}", inspectNetwork],
  ["DELETE", "/networks/{id}", removeNetwork],

  // What joins a machine to the swarm, or opens a locked one, is more than reading.
  ["GET", "/swarm", toManager, "operator"],
  ["GET", "/swarm/unlockkey", toManager, "operator"],
  ["POST", "/services/create", toService],
  ["POST", "/services/{id}/update", toService],
  ["POST", "/swarm/{rest+}", toManager],
  ...["services", "tasks", "nodes", "secrets", "configs"].flatMap((noun): Line[] =>
    ["GET", "POST", "DELETE"].flatMap((method): Line[] => [
      [method, `/${noun}`, toManager],
      [method, `/${noun}/{rest+}`, toManager],
    ]),
  ),
  ...["GET", "POST", "DELETE"].flatMap((method): Line[] => [
    [method, "/plugins", usual],
    [method, "/plugins/{rest+}", usual],
  ]),
];

const reads = (method: string) => method === "GET" || method === "HEAD";

export const routes: Route[] = lines.map(([method, path, handler, role, audit]) => ({
  method,
  ...compiled(path),
  handler,
  role: role ?? (reads(method) ? "viewer" : "operator"),
  audit: audit ?? (reads(method) ? "no" : "call"),
}));

/** "{id}" is one part of a path, "{name+}" is several. */
function compiled(path: string): { pattern: RegExp; names: string[] } {
  const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name!);
  const source = path.replace(/\{\w+(\+?)\}/g, (_, several: string) => (several ? "(.+)" : "([^/]+)"));
  return { pattern: new RegExp(`^${source}$`), names };
}

export type Match = { route: Route; params: Record<string, string> };

/** The first line of the table that fits; null for what Docker does not have. */
export function match(method: string, path: string): Match | null {
  for (const route of routes) {
    const found = route.method === method && route.pattern.exec(path);
    if (found)
      return {
        route,
        params: Object.fromEntries(route.names.map((name, index) => [name, decoded(found[index + 1]!)])),
      };
  }
  return null;
}

/** Text of a path; as it is where it is none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
