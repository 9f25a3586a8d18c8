import type { ImageName } from "#lib/model/launch.ts";
import { nearestOf } from "./nearest.ts";
import { type Package, type PackageName, packageNames } from "./package.ts";
import { memcached, redis } from "./packages/caches.ts";
import { docker } from "./packages/docker.ts";
import { java, nodejs, php, python } from "./packages/languages.ts";
import { mariadb, mysql } from "./packages/mysql.ts";
import { postgresql } from "./packages/postgresql.ts";
import { rabbitmq } from "./packages/rabbitmq.ts";
import { apache, nginx } from "./packages/web.ts";

export { packageNames };

const packages: Record<PackageName, Package> = {
  docker,
  mysql,
  mariadb,
  postgresql,
  redis,
  nginx,
  apache,
  nodejs,
  python,
  php,
  java,
  memcached,
  rabbitmq,
};

const byAnyName = new Map<string, Package>(
  packageNames.flatMap((name) => [name, ...packages[name].aliases].map((known) => [known, packages[name]] as const)),
);

/** The package that goes by this name or alias, in any case. */
export function findPackage(name: string): Package | undefined {
  return byAnyName.get(name.trim().toLowerCase());
}

/** The package by its canonical name. */
export const getPackage = (name: PackageName): Package => packages[name];

/** The canonical name whose name or alias is nearest to what was typed; reads at most 64 characters of it. */
export function nearestPackage(name: string): PackageName {
  const known = [...byAnyName.keys()] as [string, ...string[]];
  return byAnyName.get(nearestOf(name.trim().toLowerCase().slice(0, 64), known))!.name;
}

/** One line of the public catalogue. */
export type CatalogueEntry = {
  name: PackageName;
  title: string;
  description: string;
  aliases: readonly string[];
  version: string;
  ports: readonly number[];
  /** A user and password are generated for it. */
  hasCredentials: boolean;
};

/** What can be installed on the image, in the catalogue's order. */
export function catalogueOf(image: ImageName): CatalogueEntry[] {
  return packageNames.flatMap((name) => {
    const { title, description, aliases, versions, ports, login } = packages[name];
    const version = versions[image];
    return version ? [{ name, title, description, aliases, version, ports, hasCredentials: login !== undefined }] : [];
  });
}

/** The ports that each of a node's packages listens on, given what else is on the node. */
export function portsOf(names: readonly PackageName[]): Partial<Record<PackageName, readonly number[]>> {
  return Object.fromEntries(
    names.map((name) => {
      const { ports, portsBeside } = packages[name];
      return [name, portsBeside && names.includes(portsBeside.name) ? portsBeside.ports : ports];
    }),
  );
}
