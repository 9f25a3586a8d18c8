import * as providers from "#lib/api/contracts/providers.ts";
import { handle } from "#lib/api/handle.ts";
import { presentProvider } from "#lib/api/present/providers.ts";
import { getProvider } from "#lib/domain/providers/get.ts";
import { deleteProvider } from "#lib/domain/providers/remove.ts";
import { updateProvider } from "#lib/domain/providers/update.ts";

export const GET = handle(providers.get, async ({ ctx, params }) => presentProvider(await getProvider(ctx, params.id)));

export const PUT = handle(providers.update, async ({ ctx, params, body }) =>
  presentProvider(await updateProvider(ctx, params.id, body)),
);

export const DELETE = handle(providers.remove, async ({ ctx, params }) => {
  await deleteProvider(ctx, params.id);
  return { success: true };
});
