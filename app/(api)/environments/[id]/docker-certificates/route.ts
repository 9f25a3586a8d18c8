import * as docker from "#lib/api/contracts/docker.ts";
import { handle } from "#lib/api/handle.ts";
import { presentCertificate } from "#lib/api/present/docker.ts";
import { listDockerCertificates } from "#lib/domain/docker/certificates.ts";

export const GET = handle(docker.certificates, async ({ ctx, params }) =>
  (await listDockerCertificates(ctx, params.id)).map(presentCertificate),
);
