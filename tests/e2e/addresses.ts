import { pagePaths } from "../support/pages.ts";
import type { Made } from "./stage.ts";

/** Where pages with a parameter are visited. */
const examples: Record<string, (made: Made) => string> = {
  "/dashboard/providers/[id]": ({ provider }) => `/dashboard/providers/${provider}`,
  "/dashboard/providers/[id]/sizes": ({ provider }) => `/dashboard/providers/${provider}/sizes`,
  "/dashboard/providers/[id]/settings": ({ provider }) => `/dashboard/providers/${provider}/settings`,
  "/dashboard/providers/[id]/orphans": ({ provider }) => `/dashboard/providers/${provider}/orphans`,
};

/** Pages that need more than a practice cloud has, and the spec that visits each, in both themes. */
const elsewhere: Record<string, string> = {
  "/docs": "docs.spec.ts",
  "/docs/[guide]": "docs.spec.ts",
  "/docs/console": "docs.spec.ts",
  "/docs/errors": "docs.spec.ts",
  "/invitation/[token]": "team.spec.ts",
  "/reset-password/[token]": "team.spec.ts",
  "/dashboard/integrations/registries/[id]": "integrations.spec.ts",
  "/dashboard/integrations/webhooks/[id]": "integrations.spec.ts",
};

/** The docs, page by page. */
export const docsPages = ["/docs", "/docs/errors", "/docs/quick-start", "/docs/docker-clusters", "/docs/console"];

/** Pages below these are of an environment. */
const ofEnvironment = "/dashboard/environments/[id]";

/** What is below an environment's Docker cluster needs one that runs. */
const ofCluster = `${ofEnvironment}/docker`;
/** Pages of a cluster, each of which docker.spec.ts visits. */
export const clusterPages = pagePaths.filter((page) => page.startsWith(ofCluster));

export type Address = { page: string; open: boolean; at: (made: Made) => string };

/** Every page of the product, where it is visited; a page that is new is here by itself unless it has a parameter. */
export const addresses: Address[] = pagePaths.flatMap((page) => {
  const at = addressOf(page);
  return at ? [{ page, at, open: !page.startsWith("/dashboard") }] : [];
});

/** Pages that nobody visits and nobody lists: an omission. */
export const forgotten = pagePaths.filter(
  (page) => !addressOf(page) && !(page in elsewhere) && !clusterPages.includes(page),
);

function addressOf(page: string): Address["at"] | undefined {
  if (page in elsewhere) return;
  if (examples[page]) return examples[page];
  if (page.startsWith(ofCluster)) return;
  const own = page.startsWith(ofEnvironment) && !page.slice(ofEnvironment.length).replace("[name]", "").includes("[");
  if (own) return ({ environment }) => page.replace("[id]", environment).replace("[name]", "web");
  return page.includes("[") ? undefined : () => page;
}
