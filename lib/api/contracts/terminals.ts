import { z } from "zod";
import { define } from "../define.ts";
import { name, reference } from "./fields.ts";

const frames =
  "As a WebSocket: binary frames are bytes both ways, text frames JSON (resize and ack from the client; ready, notice, exit and error to it).";
const screen = z.object({
  cols: z.coerce.number().int().min(1).max(1000).optional(),
  rows: z.coerce.number().int().min(1).max(1000).optional(),
});
const openable = z.object({ success: z.literal(true) });
const nodeParams = z.object({ id: reference, name });

export const shell = define("GET", "/environments/{id}/nodes/{name}/terminal", {
  tag: "Environments",
  access: "operator",
  scope: "environments:write",
  summary: `A shell on a node. ${frames} Without one: whether it can be opened now`,
  params: nodeParams,
  query: screen,
  result: openable,
});

export const exec = define("GET", "/environments/{id}/containers/{container}/exec", {
  tag: "Docker",
  access: "operator",
  scope: "docker",
  summary: `A command in a cluster's container, its best shell where \`cmd\` is left out; \`cmd\` repeated is a command's words. ${frames} Without one: whether the cluster can be entered`,
  params: z.object({ id: reference, container: z.string().min(1).max(200) }),
  query: screen.extend({ cmd: z.string().optional() }),
  result: openable,
});

export const nodeLog = define("GET", "/environments/{id}/nodes/{name}/log", {
  tag: "Environments",
  access: "viewer",
  scope: "environments:read",
  summary: "All that a node's server said while it was set up, as text: a line has its time first",
  params: nodeParams,
  result: z.string(),
  media: "text/plain",
});
