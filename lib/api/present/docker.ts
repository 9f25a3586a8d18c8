import type { listDockerCertificates } from "#lib/domain/docker/certificates.ts";

type Certificate = Awaited<ReturnType<typeof listDockerCertificates>>[number];

export const presentCertificate = ({ id, user, scope, role, createdAt, expiresAt }: Certificate) => ({
  id,
  user,
  scope,
  role,
  created_at: createdAt,
  expires_at: expiresAt,
});
