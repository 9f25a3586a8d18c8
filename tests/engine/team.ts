import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import { seedAccount } from "#tests/support/account.ts";
import type { TestServer } from "#tests/support/server.ts";

export type NodeAnswer = {
  name: string;
  size: string;
  packages: string[];
  state: string;
  error: string | null;
  drift: string | null;
  server_id: string | null;
  private_ip: string | null;
  endpoints: Record<string, { host: string; port: number }>;
};
export type EnvironmentAnswer = { id: string; state: string; last_error: string | null; nodes: NodeAnswer[] };

/** A team with the machine's Docker engine and an application, speaking to the API as its scripts do. */
export async function makeTeam(server: TestServer, name: string) {
  const { token } = await seedAccount(name);
  async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const signal = AbortSignal.timeout(280_000);
    const answer = await server.call(method, path, { token, signal, ...(body ? { body } : {}) });
    expect([path, answer.status, answer.status >= 400 ? answer.text : ""]).toEqual([path, 200, ""]);
    return answer.body as T;
  }
  const engine = { cloud_provider: "docker", provider_name: "laptop", host: "unix:///var/run/docker.sock" };
  const provider = await send<{ id: string }>("POST", "/providers", engine);
  const [application] = await send<{ id: string }[]>("POST", "/applications", { application_name: "My App" });
  const path = `/applications/${application!.id}/environments`;
  const get = (id: string) => send<EnvironmentAnswer>("GET", `/environments/${id}`);
  return {
    token,
    send,
    get,
    /** Makes an environment in which each node has its packages; answers its id. */
    async make(environment: string, packages: Record<string, string[]>, more: { wait?: number; heal?: boolean } = {}) {
      const nodes = Object.entries(packages).map(([name, wanted]) => ({ name, size: "small", packages: wanted }));
      const wish = { provider_id: provider.id, region: "local", environment, nodes, heal: more.heal ?? false };
      const query = more.wait ? `?wait=${more.wait}` : "";
      return (await send<{ environment: string }>("POST", path + query, wish)).environment;
    },
    async node(id: string, name: string): Promise<NodeAnswer> {
      return (await get(id)).nodes.find((node) => node.name === name)!;
    },
  };
}

export const docker = (...args: string[]) => execFileSync("docker", args, { encoding: "utf8", timeout: 60_000 }).trim();

/** Containers, volumes and networks that carry an environment's mark. */
export function left(id: string): string[] {
  const mark = ["-q", "--filter", `label=io.cloudhero.environment=${id}`];
  return [docker("ps", "-a", ...mark), docker("volume", "ls", ...mark), docker("network", "ls", ...mark)].filter(
    Boolean,
  );
}
