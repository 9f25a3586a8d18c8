import * as docker from "#lib/api/contracts/docker.ts";
import { handle } from "#lib/api/handle.ts";
import { plain } from "#lib/api/http.ts";
import { dockerBundle } from "#lib/domain/docker/bundle.ts";
import { envLines } from "#lib/domain/docker/env-lines.ts";

export const GET = handle(docker.env, async ({ ctx, params, query, request }) =>
  plain(envLines(await dockerBundle(ctx, params.id, new URL(request.url).hostname, query.node))),
);
