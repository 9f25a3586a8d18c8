import { settings } from "#lib/api/contracts/environment-settings.ts";
import { handle } from "#lib/api/handle.ts";
import { presentEnvironment } from "#lib/api/present/environments.ts";
import { changeSettings } from "#lib/domain/environments/settings.ts";

export const PUT = handle(settings, async ({ ctx, params, body }) =>
  presentEnvironment(await changeSettings(ctx, params.id, body)),
);
