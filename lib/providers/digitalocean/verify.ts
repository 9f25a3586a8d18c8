import { type Identity, ProviderError } from "../provider.ts";
import { ask, type DigitalOceanSession } from "./client.ts";

type Account = {
  email: string;
  uuid: string;
  status: "active" | "warning" | "locked";
  status_message: string;
  droplet_limit: number;
  /** Whose droplets the token sees; `uuid` is the user's, who may be in several teams. Absent outside of a team. */
  team?: { uuid: string };
};

/**
 * Whose the token is: its team's, else its user's. The reads that every later step needs are tried as well, so that a
 * missing scope is named now.
 */
export async function verify(session: DigitalOceanSession, signal: AbortSignal): Promise<Identity> {
  const { account } = await ask<{ account: Account }>(session, { method: "GET", path: "/v2/account" }, signal);
  if (account.status === "locked") {
    throw new ProviderError(
      "unauthorized",
      `DigitalOcean has locked the account: ${account.status_message || "no reason given"}.`,
    );
  }
  await Promise.all(
    ["/v2/regions", "/v2/sizes", "/v2/droplets"].map((path) =>
      ask(session, { method: "GET", path, query: { per_page: 1 } }, signal),
    ),
  );
  const warning = account.status === "warning" ? `; DigitalOcean warns: ${account.status_message}` : "";
  return {
    account: account.team?.uuid ?? account.uuid,
    description: `${account.email}, up to ${account.droplet_limit} droplets${warning}`,
  };
}
