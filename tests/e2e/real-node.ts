import { expect, type Page } from "@playwright/test";
import { send } from "./ask.ts";

/** One server `web` in this machine's Docker engine, for whoever is logged in on `page`; answers its environment's id. */
export async function makeNode(page: Page, packages: string[]): Promise<string> {
  const engine = { cloud_provider: "docker", provider_name: "laptop", host: "unix:///var/run/docker.sock" };
  const provider = await send(page, "POST", "/providers", engine);
  const [application] = await send(page, "POST", "/applications", { application_name: "real" });
  const nodes = [{ name: "web", size: packages.includes("docker") ? "medium" : "small", packages }];
  const wish = { provider_id: provider.id ?? provider[0].id, region: "local", environment: "staging", nodes };
  const made = await send(page, "POST", `/applications/${application.id}/environments?wait=300`, wish);
  expect(made.state).toBe("running");
  return made.environment;
}
