import { dockerClusters } from "./chapters/docker-clusters.ts";
import { quickStart } from "./chapters/quick-start.ts";
import type { Chapter } from "./topic.ts";

/** A page of its own that tells how to do something, at /docs/SLUG. */
export type Guide = { slug: string; description: string; chapter: Chapter };

export const guides: Guide[] = [
  {
    slug: "quick-start",
    description: "From nothing to a web server and a database that run, by six requests.",
    chapter: quickStart,
  },
  {
    slug: "docker-clusters",
    description: "How Docker clients reach a cluster, where a container goes, and what differs from a plain engine.",
    chapter: dockerClusters,
  },
];
