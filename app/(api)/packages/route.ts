import * as system from "#lib/api/contracts/system.ts";
import { handle } from "#lib/api/handle.ts";
import { listPackages } from "#lib/domain/packages/list.ts";

export const GET = handle(system.packages, async () => listPackages());
