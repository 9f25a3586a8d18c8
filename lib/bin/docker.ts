import type { Config } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { dockerEndpoint } from "#lib/gateway/listener.ts";
import { listen, portOf } from "./listen.ts";

/** Listens for Docker clients, where the configuration says so; the rest of the process reads the port that was taken. */
export async function startDocker({ dockerPort, ...config }: Config): Promise<{ stop(): Promise<void> }> {
  if (dockerPort === null) return { stop: async () => {} };
  const { server, stop } = await dockerEndpoint(db, { ...config, dockerPort });
  await listen(server, { host: config.host, port: dockerPort });
  process.env.CLOUDHERO_DOCKER_PORT = String(portOf(server));
  return { stop };
}
