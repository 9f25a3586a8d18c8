import type { Contract } from "../contract.ts";
import * as accounts from "./accounts.ts";
import * as applications from "./applications.ts";
import * as audit from "./audit.ts";
import * as docker from "./docker.ts";
import * as environmentChange from "./environment-change.ts";
import * as environmentSettings from "./environment-settings.ts";
import * as environments from "./environments.ts";
import * as integrations from "./integrations.ts";
import * as members from "./members.ts";
import * as overview from "./overview.ts";
import * as providers from "./providers.ts";
import * as search from "./search.ts";
import * as system from "./system.ts";
import * as team from "./team.ts";
import * as templates from "./templates.ts";
import * as terminals from "./terminals.ts";
import * as webhooks from "./webhooks.ts";

/** Every contract: the whole of the API. */
export const contracts: Contract[] = [
  accounts,
  providers,
  applications,
  environments,
  environmentChange,
  environmentSettings,
  overview,
  search,
  docker,
  integrations,
  team,
  templates,
  audit,
  members,
  terminals,
  webhooks,
  system,
].flatMap((resource) => Object.values(resource) as unknown as Contract[]);
