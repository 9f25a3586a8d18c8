/** Where a node's package credential is sealed. */
export const credentialPlace = (nodeId: string, packageName: string) => `nodes/${nodeId}/credentials/${packageName}`;

/** Where the answer to a POST with an Idempotency-Key is sealed: it may show a token. */
export const idempotencyPlace = (organisationId: string, key: string) => `idempotency/${organisationId}/${key}`;

/** Where an environment's private key is sealed. */
export const environmentKeyPlace = (environmentId: string) => `environments/${environmentId}/private-key`;

/** Where the host key that a server has at first contact is sealed. */
export const hostKeyPlace = (nodeId: string, attempt: string) => `nodes/${nodeId}/host-key/${attempt}`;

/** Where an authority's private key is sealed. */
export const authorityPlace = (id: string) => `authorities/${id}/private-key`;

/** Where a registry's password is sealed. */
export const registryPasswordPlace = (integrationId: string) => `integrations/${integrationId}/password`;

/** Where a webhook's signing secret is sealed. */
export const webhookSecretPlace = (webhookId: string) => `webhooks/${webhookId}/secret`;

/** Where the secret before it is sealed, while it signs too. */
export const previousWebhookSecretPlace = (webhookId: string) => `webhooks/${webhookId}/previous-secret`;
/** Letters that wait to be sent are for nobody but the sender. */
export const mailPlace = "mail/letter";
