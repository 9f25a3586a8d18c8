import type { ApplicationView } from "#lib/domain/applications/get.ts";

/** An application as the reference shows it. */
export const presentApplication = (application: ApplicationView) => ({
  application_name: application.name,
  application_type: application.type,
  id: application.id,
  environments: application.environments,
  deployments_count: application.deploymentsCount,
});
