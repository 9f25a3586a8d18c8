import * as system from "#lib/api/contracts/system.ts";
import { handle } from "#lib/api/handle.ts";

export const GET = handle(system.healthz, async () => ({ success: true }));
