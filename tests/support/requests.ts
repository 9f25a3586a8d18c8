import { clientCertificates } from "#drizzle/schema/index.ts";
import type { Contract } from "#lib/api/contract.ts";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { trustOf } from "#lib/cluster/authorities.ts";
import { db } from "#lib/db/client.ts";
import { createRegistry } from "#lib/domain/integrations/create.ts";
import { createKey } from "#lib/domain/keys/create.ts";
import { createToken } from "#lib/domain/tokens/create.ts";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount } from "./account.ts";
import { type Place, seedEnvironment, seedPlace } from "./environment.ts";

/** An organisation that has one of everything. */
export type Estate = Account & Place & { ids: Record<string, string> };

const registry = () => ({ name: `registry ${newId()}`, url: "https://registry.example/v1/", username: "somebody" });
const publicKey = () => generateKeyPair("").publicKey;

export async function seedEstate(): Promise<Estate> {
  const account = await seedAccount();
  const place = await seedPlace(account.ctx);
  const environment = await seedEnvironment(place);
  const integration = await createRegistry(account.ctx, { ...registry(), password: "registry-password", email: "" });
  const key = await createKey(account.ctx, { name: "laptop", publicKey: publicKey() });
  const token = await createToken(account.ctx, { name: "script" });
  const certificates = await seedCertificate(account.ctx, environment);
  const ids = {
    certificates,
    environments: environment,
    applications: place.applicationId,
    providers: place.providerId,
    integrations: integration.id,
    keys: key.id,
    tokens: token.id,
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

/** The contract's path on what an estate has. */
export function pathOn(contract: Contract, { ids }: Pick<Estate, "ids">): string {
  const resource = contract.path.split("/")[1]!;
  return contract.path
    .replace("{id}", ids[resource] ?? "none")
    .replace("{name}", "web")
    .replace("{certificate}", ids.certificates ?? "none");
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
    "PUT /environments/{id}": { nodes: [nodeOf("web"), nodeOf("db")], prune: true },
    "POST /environments/{id}/nodes/{name}/retry": { remake: true },
    "POST /integrations/docker-hub": { ...registry(), password: "registry-password", email: "user@email.net" },
    "PUT /integrations/docker-hub/{id}": { ...registry(), password: "registry-password", email: "user@email.net" },
    "POST /tokens": { name: "script", role: "viewer", expires_in_days: 30 },
    "POST /keys": { name: "laptop", public_key: publicKey() },
  };
  return bodies[`${method} ${path}`];
}
