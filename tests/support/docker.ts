import { request } from "node:http";

const host = process.env.CLOUDHERO_DOCKER_HOST || "unix:///var/run/docker.sock";

/** Whether a Docker engine answers here. `describe.runIf(dockerAvailable)`; where CI promises one, its absence throws. */
export const dockerAvailable: boolean = await ping();

if (!dockerAvailable && process.env.CI === "true")
  throw new Error(`CI has a Docker engine, but ${host} does not answer.`);

function ping(): Promise<boolean> {
  const address = host.startsWith("unix://")
    ? { socketPath: host.slice("unix://".length) }
    : { host: new URL(host).hostname, port: new URL(host).port || 2375 };
  return new Promise((resolve) => {
    const asked = request({ ...address, path: "/_ping", timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => resolve(false));
    asked.end();
  });
}
