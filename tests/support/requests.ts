import { clientCertificates, invitations } from "#drizzle/schema/index.ts";
import type { Contract } from "#lib/api/contract.ts";
import { hashToken } from "#lib/auth/tokens.ts";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { trustOf } from "#lib/cluster/authorities.ts";
import { db } from "#lib/db/client.ts";
import { createRegistry } from "#lib/domain/integrations/create.ts";
import { createKey } from "#lib/domain/keys/create.ts";
import { createTemplate } from "#lib/domain/templates/create.ts";
import { createToken } from "#lib/domain/tokens/create.ts";
import { createWebhook } from "#lib/domain/webhooks/create.ts";
import { testWebhook } from "#lib/domain/webhooks/deliveries.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "#lib/model/roles.ts";
import { type Account, seedAccount, seedMember } from "./account.ts";
import { type Place, seedEnvironment, seedPlace } from "./environment.ts";

/** An organisation that has one of everything. */
export type Estate = Account & Place & { ids: Record<string, string> };

const registry = () => ({ name: `registry ${newId()}`, url: "https://registry.example/v1/", username: "somebody" });
const webhook = () => ({ name: `webhook ${newId()}`, url: "http://127.0.0.1:9/hook", events: [], enabled: true });
const publicKey = () => generateKeyPair("").publicKey;

export async function seedEstate(): Promise<Estate> {
  const account = await seedAccount();
  const place = await seedPlace(account.ctx);
  const environment = await seedEnvironment(place);
  const integration = await createRegistry(account.ctx, { ...registry(), password: "registry-password", email: "" });
  const key = await createKey(account.ctx, { name: "laptop", publicKey: publicKey() });
  const token = await createToken(account.ctx, { name: "script" });
  const template = await createTemplate(account.ctx, {
    name: "usual",
    description: "",
    nodes: [{ name: "web", size: "small", need: null, packages: ["nginx"], expose: [] }],
  });
  const { id: webhooks } = await createWebhook(account.ctx, webhook());
  const { id: deliveries } = await testWebhook(account.ctx, webhooks);
  const certificates = await seedCertificate(account.ctx, environment);
  const member = await seedMember(account.ctx.organisation, "operator");
  const ids = {
    certificates,
    organisations: account.ctx.organisation.id,
    members: member.ctx.user.id,
    invitations: await seedInvitation(account.ctx),
    environments: environment,
    applications: place.applicationId,
    providers: place.providerId,
    integrations: integration.id,
    keys: key.id,
    tokens: token.id,
    webhooks,
    deliveries,
    templates: template.id,
  };
  return { ...account, ...place, ids, ctx: { ...account.ctx, db: db() } };
}

/** A Docker client's certificate for an environment's nodes, known by its row alone. */
async function seedCertificate({ organisation, user }: Account["ctx"], environmentId: string): Promise<string> {
  const { signer } = await trustOf(db(), environmentId);
  const owner = { organisationId: organisation.id, environmentId, userId: user.id, authorityId: signer.id };
  const rights = { scope: "nodes", role: "owner", serial: "5e", expiresAt: new Date(Date.now() + 86_400_000) } as const;
  const [made] = await db()
    .insert(clientCertificates)
    .values({ ...owner, ...rights })
    .returning();
  return made!.id;
}

/** An open invitation of some days ago, whose link is the id that is answered. */
export async function seedInvitation({ organisation, user }: Account["ctx"], role: Role = "viewer"): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + 3 * 86_400_000);
  const wish = { email: `${id}@example.com`, role, tokenHash: hashToken(id), expiresAt };
  await db()
    .insert(invitations)
    .values({ id, organisationId: organisation.id, invitedBy: user.id, ...wish });
  return id;
}

/** The contract's path on what an estate has. */
export function pathOn(contract: Contract, { ids }: Pick<Estate, "ids">): string {
  return contract.path
    .replace("{id}", ids[resourceOf(contract)] ?? "none")
    .replace("{name}", "web")
    .replace("{container}", "none")
    .replace("{delivery}", ids.deliveries ?? "none")
    .replace("{certificate}", ids.certificates ?? "none");
}

/** The resource that a contract's `{id}` is of. */
export function resourceOf({ path }: Contract): string {
  const [, root, below] = path.split("/");
  return below === "webhooks" ? below : root!;
}

export const nodeOf = (name: string) => ({ name, size: "small", packages: ["nginx"], expose: [{ port: 80 }] });

/** A body that the contract takes; undefined where it has none. */
export function bodyFor({ method, path }: Contract, { providerId }: Pick<Estate, "providerId">): unknown {
  const environment = { provider_id: providerId, region: "local", environment: `made ${newId()}` };
  const bodies: Record<string, unknown> = {
    "POST /accounts/register": {
      email: `${newId()}@example.com`,
      password: "long enough",
      password_confirm: "long enough",
      name: "Company",
      user_name: "somebody",
    },
    "POST /accounts/login": { email: `${newId()}@example.com`, password: "whatever it is" },
    "POST /accounts/forgot-password": { email: `${newId()}@example.com` },
    "POST /accounts/reset-password": { token: newId(), password: "long enough" },
    "POST /accounts/password": { current_password: "long enough", password: "longer than that" },
    "PUT /accounts/me": { name: "Somebody" },
    "POST /invitations": { email: `${newId()}@example.com`, role: "viewer" },
    "POST /invitations/accept": { token: newId(), name: "Somebody", password: "long enough" },
    "PUT /members/{id}": { role: "viewer" },
    "PUT /organisations/{id}": { name: "Company" },
    "POST /providers": {
      cloud_provider: "docker",
      provider_name: `engine ${newId()}`,
      host: "tcp://127.0.0.1:1",
      ca: "not PEM",
      cert: "not PEM",
      key: "not PEM",
    },
    "PUT /providers/{id}": { provider_name: `engine ${newId()}` },
    "POST /providers/{id}/orphans/remove": { ids: ["i-0123456789abcdef0"] },
    "POST /applications": { application_name: `application ${newId()}`, application_type: "custom" },
    "PUT /applications/{id}": { application_name: `application ${newId()}` },
    "POST /applications/{id}/environments": { ...environment, nodes: [nodeOf("web"), nodeOf("db")] },
    "POST /environments/plan": { ...environment, nodes: [nodeOf("web"), nodeOf("db")] },
    "POST /environments/{id}/clone": { environment: `copy ${newId()}` },
    "POST /templates": { name: `template ${newId()}`, nodes: [nodeOf("web")] },
    "PUT /templates/{id}": { description: "What we usually want" },
    "PUT /environments/{id}/settings": { heal: true, ttl_hours: 8 },
    "POST /environments/{id}/plan": { nodes: [nodeOf("web"), nodeOf("db")], prune: true },
    "PUT /environments/{id}": { nodes: [nodeOf("web"), nodeOf("db")], prune: true },
    "POST /environments/{id}/nodes/{name}/retry": { remake: true },
    "POST /integrations/docker-hub": { ...registry(), password: "registry-password", email: "user@email.net" },
    "PUT /integrations/docker-hub/{id}": { ...registry(), password: "registry-password", email: "user@email.net" },
    "POST /integrations/webhooks": webhook(),
    "PUT /integrations/webhooks/{id}": webhook(),
    "POST /tokens": { name: "script", role: "viewer", expires_in_days: 30 },
    "POST /keys": { name: "laptop", public_key: publicKey() },
  };
  return bodies[`${method} ${path}`];
}
