import { posix } from "node:path";

/** A file by its path from the repository's root. */
export type SourceFile = { path: string; text: string };
export type Import = { from: string; to: string; typeOnly: boolean };

/** What each room may import, beside itself and what everyone may. */
export const ARROWS: Record<string, readonly string[]> = {
  app: ["components", "api", "auth", "domain", "console"],
  // The pages of a cluster ask it as Docker clients do, through the gateway's own table: this room alone, so that no page
  // finds a way of its own.
  console: ["gateway"],
  // Values; types may come from anywhere in lib.
  components: [],
  bin: [
    "api",
    "auth",
    "domain",
    "queue",
    "engine",
    "providers",
    "bootstrap",
    "cluster",
    "gateway",
    "terminal",
    "mail",
    "webhooks",
    "db",
    "drizzle",
  ],
  api: ["auth", "domain", "db", "drizzle"],
  auth: ["db", "drizzle"],
  domain: ["auth", "queue", "providers", "bootstrap", "cluster", "mail", "db", "drizzle"],
  engine: ["queue", "providers", "bootstrap", "cluster", "db", "drizzle"],
  gateway: ["auth", "cluster", "db", "drizzle"],
  // A door, like app and gateway: the same verbs decide, SSH and the gateway carry.
  terminal: ["api", "auth", "domain", "bootstrap", "gateway", "db"],
  queue: ["db", "drizzle"],
  // Sends what was written down; nobody but the worker asks it to.
  webhooks: ["queue", "db", "drizzle"],
  db: ["drizzle"],
  drizzle: [],
  providers: [],
  bootstrap: [],
  cluster: ["db", "drizzle"],
  mail: [],
  model: [],
  root: ["drizzle", "db"],
};

/** Errors, ids, the log, configuration, and the pure words. */
const FOR_EVERYONE = ["root", "model"];
/** These know neither the process nor the database. */
const EXCEPT: Record<string, readonly string[]> = { model: ["root"], components: ["root"] };
/** The words of the interface type the columns that hold a cloud's answers. */
const TYPES_FOR: Record<string, readonly string[]> = { drizzle: ["lib/providers/provider.ts"] };
const DATABASE_PACKAGES = ["drizzle-orm", "postgres", "pg-boss", "pg"];
const WITHOUT_DATABASE = ["model", "providers", "bootstrap", "components"];

export const LINE_LIMIT = 300;

/** The room of a file: a folder of lib, "root" for a file right in lib, else its top folder; null for none of ours. */
export function roomOf(path: string): string | null {
  const [top, second, third] = path.split("/");
  if (top === "lib") return third === undefined ? "root" : second!;
  return top === "app" || top === "components" || top === "drizzle" ? top : null;
}

const STATIC = /(?:^|[\n;])\s*(?:import|export)\s+(type\s+(?!from\b))?(?:[\w*{}\s,$]*?\bfrom\s*)?["']([^"'\n]+)["']/g;
const DYNAMIC = /\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;

/** Every import of a file, static and dynamic, re-exports among them; ours as paths, others as they are written. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found = [...text.matchAll(STATIC)].map(([, type, to]) => ({ to: to!, typeOnly: type !== undefined }));
  const lazy = [...text.matchAll(DYNAMIC)].map(([, to]) => ({ to: to!, typeOnly: false }));
  return [...found, ...lazy].map(({ to, typeOnly }) => ({ from: path, to: resolve(path, to), typeOnly }));
}

function resolve(from: string, to: string): string {
  if (to.startsWith("#")) return to.slice(1);
  return to.startsWith(".") ? posix.join(posix.dirname(from), to) : to;
}

/** One line for each import that goes against the arrows. */
export function arrowsBroken(files: SourceFile[]): string[] {
  return files
    .flatMap(importsOf)
    .filter((each) => !allowed(each))
    .map(({ from, to }) => `${from} → ${to}`);
}

function allowed({ from, to, typeOnly }: Import): boolean {
  const source = roomOf(from)!;
  if (to.startsWith("tests/")) return false;
  const target = roomOf(to);
  if (target === null) return !WITHOUT_DATABASE.includes(source) || !DATABASE_PACKAGES.includes(packageOf(to));
  if (target === source) return true;
  if (target === "bin") return false;
  if (source === "components" && typeOnly && to.startsWith("lib/")) return true;
  if (typeOnly && TYPES_FOR[source]?.includes(to)) return true;
  const everyone = FOR_EVERYONE.filter((room) => !EXCEPT[source]?.includes(room));
  return everyone.includes(target) || ARROWS[source]!.includes(target);
}

const packageOf = (name: string) =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

/**
 * Files that need each other to load, each circle once, as a path back to its first file. A type is erased, so a function
 * may take its caller's.
 */
export function cycles(files: SourceFile[]): string[] {
  const needs = (file: SourceFile) => importsOf(file).filter(({ typeOnly }) => !typeOnly);
  const graph = new Map(files.map((file) => [file.path, needs(file).map(({ to }) => to)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(" → "));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

export function tooLong(files: SourceFile[]): string[] {
  const lines = ({ text }: SourceFile) => text.trimEnd().split("\n").length;
  return files.filter((file) => lines(file) > LINE_LIMIT).map((file) => `${file.path}: ${lines(file)} lines`);
}
