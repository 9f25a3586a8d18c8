/** Where an image comes from: "docker.io", and "library/redis" there. */
export type Source = { host: string; repository: string };

const hub = "docker.io";
const hubNames = [
  "index.docker.io",
  "registry-1.docker.io",
  "registry.hub.docker.com",
  "hub.docker.com",
  "www.docker.com",
  "docker.com",
];

/** The source that a reference names, tag and digest left out; as the engine reads it. */
export function sourceOf(reference: string): Source {
  const name = reference.split("@")[0]!.replace(/:[^/:]*$/, "");
  const [first = "", ...rest] = name.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  const host = hostOf(isHost ? first : hub);
  const path = isHost ? rest.join("/") : name;
  return { host, repository: host === hub && !path.includes("/") ? `library/${path}` : path };
}

/** A registry's address as people write it, and what of its repositories it stands for ("" for all). */
export function registryOf(url: string): Source {
  const parsed = URL.parse(url.includes("://") ? url : `https://${url}`);
  const path = (parsed?.pathname ?? "").replace(/^\/(v1|v2)(\/|$)/, "/").replace(/^\/+|\/+$/g, "");
  return { host: hostOf(parsed?.host ?? url), repository: path };
}

/** Of several registries the one whose credentials are for this image: its host's, with the longest path that the repository begins with. */
export function registryFor<T extends { url: string }>(registries: T[], { host, repository }: Source): T | undefined {
  const fitting = registries
    .map((registry) => ({ registry, at: registryOf(registry.url) }))
    .filter(({ at }) => at.host === host && (at.repository === "" || `${repository}/`.startsWith(`${at.repository}/`)));
  return fitting.toSorted((one, other) => other.at.repository.length - one.at.repository.length)[0]?.registry;
}

const hostOf = (host: string) => (hubNames.includes(host.toLowerCase()) ? hub : host.toLowerCase());
