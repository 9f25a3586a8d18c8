import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { presentCredential } from "#lib/api/present/environments.ts";
import { nodeCredentials } from "#lib/domain/environments/credentials.ts";

export const GET = handle(environments.credentials, async ({ ctx, params }) =>
  (await nodeCredentials(ctx, params.id, params.name)).map(presentCredential),
);
