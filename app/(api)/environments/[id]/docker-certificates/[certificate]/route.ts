import * as docker from "#lib/api/contracts/docker.ts";
import { handle } from "#lib/api/handle.ts";
import { revokeDockerCertificate } from "#lib/domain/docker/certificates.ts";

export const DELETE = handle(docker.revoke, async ({ ctx, params }) => {
  await revokeDockerCertificate(ctx, params.id, params.certificate);
  return { success: true };
});
