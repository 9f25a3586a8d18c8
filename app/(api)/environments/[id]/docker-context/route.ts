import * as docker from "#lib/api/contracts/docker.ts";
import { handle } from "#lib/api/handle.ts";
import { download } from "#lib/api/http.ts";
import { dockerBundle } from "#lib/domain/docker/bundle.ts";
import { contextArchive } from "#lib/domain/docker/context-archive.ts";

export const GET = handle(docker.context, async ({ ctx, params, query, request }) => {
  const bundle = await dockerBundle(ctx, params.id, new URL(request.url).hostname, query.node);
  return download(`${bundle.name}.tar`, "application/x-tar", contextArchive(bundle));
});
