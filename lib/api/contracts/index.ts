import type { Contract } from "../contract.ts";
import * as accounts from "./accounts.ts";
import * as applications from "./applications.ts";
import * as docker from "./docker.ts";
import * as environments from "./environments.ts";
import * as integrations from "./integrations.ts";
import * as providers from "./providers.ts";
import * as system from "./system.ts";
import * as team from "./team.ts";

/** Every contract: the whole of the API. */
export const contracts: Contract[] = [
  accounts,
  providers,
  applications,
  environments,
  docker,
  integrations,
  team,
  system,
].flatMap((resource) => Object.values(resource) as unknown as Contract[]);
