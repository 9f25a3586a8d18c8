import { sql } from "drizzle-orm";
import { providerFacts, providers } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import type { Metadata } from "#lib/providers/provider.ts";
import { sealSettings } from "#lib/providers/sealed.ts";
import type { Place } from "./environment.ts";

const size = (id: string, pricePerMonth: number) => ({
  id,
  cores: "1",
  ram: "1 GiB",
  disk: "25 GiB",
  pricePerHour: pricePerMonth / 730,
  pricePerMonth,
});

const PRICED: Metadata = {
  locations: {
    fra1: { name: "Frankfurt", endpoint: "https://example.invalid", available: true },
    nyc1: { name: "New York", endpoint: "https://example.invalid", available: true },
  },
  sizes: { Basic: { small: size("small", 6), large: size("large", 48) } },
};

/** No worker asks a cloud before then. */
const never = new Date("2200-01-01");

/** A cloud with prices that are kept, and that no worker asks. */
export async function seedPricedProvider({ ctx }: Pick<Place, "ctx">, name = `ocean ${newId()}`): Promise<string> {
  const id = newId();
  const sealed = sealSettings(id, "digital_ocean", { access_token: "never used" });
  await db()
    .insert(providers)
    .values({
      id,
      organisationId: ctx.organisation.id,
      type: "digital_ocean",
      name,
      alias: name,
      throttledUntil: never,
      ...sealed,
    });
  await db().insert(providerFacts).values({ providerId: id, name: "metadata", value: PRICED });
  return id;
}

/** `count` environments of three servers each, by two statements: running, every tenth stopped, every hundredth moving. */
export async function seedManyEnvironments({ ctx, providerId, applicationId }: Place, count: number): Promise<void> {
  const prefix = newId().slice(0, 18);
  await db().execute(sql`
    insert into environments (id, organisation_id, application_id, provider_id, name, label, region, wish, state, created_at, changed_at)
    select ${prefix}::text || lpad(to_hex(n), 6, '0'), ${ctx.organisation.id}, ${applicationId}, ${providerId}, 'env-' || lpad(n::text, 5, '0'), 'label',
      case when n % 2 = 0 then 'fra1' else 'nyc1' end,
      case when n % 10 = 0 then 'stop' else 'run' end,
      case when n % 10 = 0 then 'stopped' when n % 100 = 1 then 'provisioning' else 'running' end,
      now() - n * interval '1 minute', now() - n * interval '1 second'
    from generate_series(1, ${count}::int) n`);
  await db().execute(sql`
    insert into nodes (id, environment_id, position, name, hostname, size, packages, state)
    select substr(md5(e.id || p), 1, 24), e.id, p, 'node-' || p, 'host-' || e.name || '-' || p,
      case when p = 0 then 'large' else 'small' end, '{nginx}',
      case when e.state = 'stopped' then 'stopped' when e.state = 'provisioning' and p = 2 then 'booting' else 'ready' end
    from environments e, generate_series(0, 2) p where e.id like ${`${prefix}%`}`);
  // As autovacuum does within a minute: until then the planner takes the tables for almost empty.
  await db().execute(sql`analyze environments, nodes`);
}
