import { firstBoot } from "../first-boot.ts";
import { type EnvironmentSpec, type Launched, ProviderError, type ServerSpec } from "../provider.ts";
import { ask, type DigitalOceanSession } from "./client.ts";
import { assertRegion, type Droplet, dropletsTagged } from "./droplet.ts";
import { inTurn } from "./in-turn.ts";
import { fingerprintOf } from "./ssh-key.ts";
import { environmentTag, nodeOf, nodeTag, ownerTag } from "./tags.ts";

const MAX_IN_A_CALL = 10;
const MAX_USER_DATA_CHARACTERS = 65_536;
/** How long a droplet may take to show under its tags. */
const LAG_MS = 20_000;
const IMAGES: Record<string, string> = { "debian-12": "debian-12-x64", "ubuntu-24.04": "ubuntu-24-04-x64" };

type Outcomes = Map<string, string | ProviderError>;

/**
 * Ten droplets a call. The API has no idempotency, so every attempt is searched by its tag before it is made, one
 * launch of an environment at a time; and where an answer was lost, it is made again only when a search that is late
 * enough to be believed did not find it. Throws "conflict", to be repeated, until then.
 */
export function launch(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  specs: ServerSpec[],
  signal: AbortSignal,
) {
  return inTurn(`launch ${environment.id}`, async (): Promise<Launched[]> => {
    await assertRegion(session, environment.region, signal);
    const outcomes: Outcomes = new Map();
    const droplets = await dropletsTagged(session, environmentTag(environment), signal);
    for (const droplet of droplets) {
      const attempt = nodeOf(droplet)?.attempt;
      if (attempt) outcomes.set(attempt, String(droplet.id));
    }
    for (const { attempt } of specs) {
      const made = session.made.get(attempt);
      if (made) outcomes.set(attempt, made);
    }
    const open = specs.filter(({ attempt }) => !outcomes.has(attempt));
    assertSettled(session, open);
    const alike = Map.groupBy(open, ({ size, authorizedKeys }) => JSON.stringify([size, authorizedKeys]));
    for (const group of alike.values()) {
      for (let start = 0; start < group.length; start += MAX_IN_A_CALL) {
        await create(session, environment, group.slice(start, start + MAX_IN_A_CALL), outcomes, signal);
      }
    }
    return specs.map(({ attempt }) => {
      const outcome = outcomes.get(attempt)!;
      return typeof outcome === "string" ? { attempt, id: outcome } : { attempt, error: outcome };
    });
  });
}

/** Throws while an attempt's creation was asked for so lately that its absence proves nothing. */
function assertSettled(session: DigitalOceanSession, open: ServerSpec[]): void {
  for (const { attempt } of open) {
    const askedAt = session.unanswered.get(attempt);
    if (askedAt === undefined) continue;
    const waitMs = askedAt + LAG_MS - Date.now();
    if (waitMs > 0) {
      const message = "DigitalOcean did not answer a creation; it is being looked for.";
      throw new ProviderError("conflict", message, { retryAfterMs: Math.min(waitMs, 5_000) });
    }
    session.unanswered.delete(attempt);
  }
}

async function create(
  session: DigitalOceanSession,
  environment: EnvironmentSpec,
  specs: ServerSpec[],
  outcomes: Outcomes,
  signal: AbortSignal,
): Promise<void> {
  for (const { attempt } of specs) session.unanswered.set(attempt, Date.now());
  try {
    const call = { method: "POST", path: "/v2/droplets", body: bodyOf(session, environment, specs) } as const;
    const { droplets } = await ask<{ droplets: Droplet[] }>(session, call, signal);
    for (const droplet of droplets) {
      const attempt = nodeOf(droplet)?.attempt ?? specs.find((spec) => spec.name === droplet.name)?.attempt ?? "";
      outcomes.set(attempt, String(droplet.id));
      session.remember(attempt, String(droplet.id));
    }
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code === "unreachable" || error.code === "internal") throw error;
    for (const { attempt } of specs) session.unanswered.delete(attempt);
    if (error.code === "throttled" || error.code === "unauthorized") throw error;
    for (const { attempt } of specs) outcomes.set(attempt, error);
  }
}

function bodyOf(session: DigitalOceanSession, environment: EnvironmentSpec, specs: ServerSpec[]) {
  const { size } = specs[0]!;
  const image = environment.choices?.image ?? session.settings.image ?? "debian-12";
  const user_data = firstBoot(
    specs.map((spec) => [spec.name, spec]),
    "hostname",
  );
  if (user_data.length > MAX_USER_DATA_CHARACTERS) {
    throw new ProviderError("invalid", "The environment's SSH keys are too many for DigitalOcean's user data.");
  }
  return {
    names: specs.map((spec) => spec.name),
    region: environment.region,
    size,
    image: IMAGES[image],
    ssh_keys: [fingerprintOf(environment.publicKey)],
    user_data,
    monitoring: false,
    tags: [
      ownerTag(environment.owner),
      environmentTag(environment),
      ...specs.map((spec) => nodeTag(environment, spec)),
    ],
  };
}
