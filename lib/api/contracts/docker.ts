import { z } from "zod";
import { roles } from "#lib/model/roles.ts";
import { define } from "../define.ts";
import { done, id, idParams, moment, name, reference } from "./fields.ts";

const tag = "Docker";
const which = z.object({ node: name.optional() });

export const context = define("GET", "/environments/{id}/docker-context", {
  tag,
  access: "viewer",
  scope: "docker",
  summary: "An archive for `docker context import`, with a new certificate; of one node's port 4000 with `node`",
  params: idParams,
  query: which,
  result: z.string(),
  media: "application/x-tar",
});

export const env = define("GET", "/environments/{id}/docker-env", {
  tag,
  access: "viewer",
  scope: "docker",
  summary:
    "Shell lines for `eval` that point Docker clients at the cluster, with a new certificate; at one node with `node`",
  params: idParams,
  query: which,
  result: z.string(),
  media: "text/plain",
});

export const certificates = define("GET", "/environments/{id}/docker-certificates", {
  tag,
  access: "viewer",
  scope: "docker",
  summary: "Certificates in force that Docker clients hold: one's own, an admin sees all",
  params: idParams,
  result: z.array(
    z.object({
      id,
      user: z.string(),
      /** Our endpoint, or port 4000 of the nodes. */
      scope: z.enum(["endpoint", "nodes"]),
      role: z.enum(roles),
      created_at: moment,
      expires_at: moment,
    }),
  ),
});

export const revoke = define("DELETE", "/environments/{id}/docker-certificates/{certificate}", {
  tag,
  access: "viewer",
  scope: "docker",
  summary: "Take a certificate back",
  params: z.object({ id: reference, certificate: reference }),
  result: done,
});
