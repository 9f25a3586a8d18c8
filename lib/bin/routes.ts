import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
export type Match = { methods: Record<string, Handler>; params: Record<string, string> };
/** The route of a path ("/environments/42"), its parameters decoded; a slash at the end counts for nothing. */
export type RouteTable = {
  match(path: string): Match | null;
  /** Whether a path without a route lies below one's first segment, so that no page can be meant. */
  owns(path: string): boolean;
};

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

type Route = { segments: string[]; methods: Record<string, Handler> };

/** The table of every route.ts below `folder`, by Next's own rules: `(group)`, `[id]`, `[...rest]`; the literal wins. */
export async function loadRoutes(folder: string): Promise<RouteTable> {
  const files = globSync("**/route.ts", { cwd: folder });
  const routes = await Promise.all(files.map((file) => loadRoute(folder, file)));
  return routeTable(routes);
}

async function loadRoute(folder: string, file: string): Promise<Route> {
  const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, Handler>;
  const methods = METHODS.filter((method) => method in module).map((method) => [method, module[method]!] as const);
  return { segments: segmentsOf(file), methods: Object.fromEntries(methods) };
}

/** "(api)/environments/[id]/route.ts" → ["environments", "[id]"] */
function segmentsOf(file: string): string[] {
  return file
    .split(/[\\/]/)
    .slice(0, -1)
    .filter((segment) => !/^\(.*\)$/.test(segment));
}

export function routeTable(routes: Route[]): RouteTable {
  const literal = new Map<string, Route>();
  const patterns: Route[] = [];
  for (const route of routes) {
    if (route.segments.some((segment) => segment.startsWith("["))) patterns.push(route);
    else literal.set(`/${route.segments.join("/")}`, route);
  }
  patterns.sort((a, b) => compare(a.segments, b.segments));
  const first = new Set(routes.map(({ segments }) => segments[0]));
  return {
    owns: (path) => first.has(path.split("/")[1]),
    match(path) {
      const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
      const exact = literal.get(bare);
      if (exact) return { methods: exact.methods, params: {} };
      return firstMatch(patterns, decode(bare));
    },
  };
}

function firstMatch(patterns: Route[], words: string[] | null): Match | null {
  if (!words) return null;
  for (const { segments, methods } of patterns) {
    const params = match(segments, words);
    if (params) return { methods, params };
  }
  return null;
}

/** At the first difference a literal goes before a parameter, and that before a rest. */
function compare(a: string[], b: string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = rank(a[index]!) - rank(b[index]!);
    if (difference !== 0) return difference;
  }
  return b.length - a.length;
}

const rank = (segment: string) => (segment.startsWith("[...") ? 2 : segment.startsWith("[") ? 1 : 0);

function match(segments: string[], words: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const word = words[index];
    if (word === undefined) return null;
    const name = /^\[(\.\.\.)?(.+)\]$/.exec(segment);
    if (name?.[1]) return { ...params, [name[2]!]: words.slice(index).join("/") };
    if (name) params[name[2]!] = word;
    else if (segment !== word) return null;
  }
  return segments.length === words.length ? params : null;
}

/** Null for what no route has: an empty segment, a broken escape. */
function decode(path: string): string[] | null {
  try {
    const words = path.split("/").slice(1).map(decodeURIComponent);
    return words.includes("") ? null : words;
  } catch {
    return null;
  }
}
