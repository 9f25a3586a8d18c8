import { execFileSync } from "node:child_process";
import type { Page } from "@playwright/test";
import { send } from "./ask.ts";
import { makeNode } from "./real-node.ts";

// A service's virtual address needs a kernel module that a test machine may lack.
/** A stack that needs nothing but busybox. */
export const shop = `services:
  web:
    image: busybox
    command: sh -c "echo hello from a task; exec sleep 3600"
    environment: { DB_PASSWORD: hunter2, MODE: test }
    volumes: ["data:/data"]
    deploy: { replicas: 1, endpoint_mode: dnsrr }
volumes: { data: }
`;

/** The container that is the node. */
async function serverOf(page: Page, id: string): Promise<string> {
  const { nodes } = await send(page, "GET", `/environments/${id}`);
  return nodes[0].server_id;
}

/** The docker command inside a node. */
export const inNode = (server: string, words: readonly string[], input = ""): Buffer =>
  execFileSync("docker", ["exec", "-i", server, "docker", ...words], { input, timeout: 60_000 });

/** There is no registry to pull it from. */
const loadBusybox = (server: string): void =>
  void execFileSync("sh", ["-c", `docker save busybox | docker exec -i ${server} docker load`], { timeout: 60_000 });

/** Runs `use` with a cluster of one node that has busybox, of whoever is logged in: the address of its pages, and the node's container. */
export async function withCluster(page: Page, use: (own: string, server: string) => Promise<void>): Promise<void> {
  const id = await makeNode(page, ["docker"]);
  try {
    const server = await serverOf(page, id);
    loadBusybox(server);
    await use(`/dashboard/environments/${id}/docker`, server);
  } finally {
    await send(page, "DELETE", `/environments/${id}?wait=120`);
  }
}

/** The address of each page of a cluster that has the stack `shop` and the network `backbone`. */
export async function everyPage(page: Page, own: string): Promise<string[]> {
  const found = async (path: string, name: RegExp) => {
    await page.goto(`${own}/${path}`);
    return (await page.getByRole("table").getByRole("link", { name }).first().getAttribute("href"))!;
  };
  const container = await found("containers", /^shop_web/);
  const lists = ["", "/services", "/stacks", "/containers", "/images", "/volumes", "/networks", "/nodes", "/deploy"];
  return [
    ...lists.map((path) => own + path),
    `${own}/services/shop_web`,
    `${own}/stacks/shop`,
    container,
    `${container}/logs`,
    `${container}/terminal`,
    await found("networks", /^backbone/),
  ];
}
