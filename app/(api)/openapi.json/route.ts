import * as system from "#lib/api/contracts/system.ts";
import { handle } from "#lib/api/handle.ts";
import { openApiDocument } from "#lib/api/openapi.ts";

export const GET = handle(system.openapi, async ({ request }) => openApiDocument(new URL(request.url).origin));
