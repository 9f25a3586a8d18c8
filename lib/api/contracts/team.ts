import { z } from "zod";
import { scopes } from "#lib/model/scopes.ts";
import { define } from "../define.ts";
import { done, id, idParams, moment, name, page, role } from "./fields.ts";

const tag = "Team";
const token = z.object({
  id,
  name: z.string(),
  role,
  /** Null: all that the role may. */
  scopes: z.array(z.enum(scopes)).nullable(),
  expires_at: moment.nullable(),
  last_used_at: moment.nullable(),
  created_at: moment,
});

export const createToken = define("POST", "/tokens", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "Make a token for a script; it is shown this once",
  body: z.object({
    name,
    role: role.optional(),
    scopes: z.array(z.enum(scopes)).min(1).max(scopes.length).optional(),
    expires_in_days: z.number().int().min(1).max(3650).optional(),
  }),
  result: token.extend({ persistent_token: z.string() }),
});

export const listTokens = define("GET", "/tokens", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "Your tokens; an admin sees all of the organisation",
  query: page,
  result: z.array(token),
});

export const removeToken = define("DELETE", "/tokens/{id}", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "Revoke a token",
  params: idParams,
  result: done,
});

const key = z.object({ id, name: z.string(), public_key: z.string(), fingerprint: z.string(), created_at: moment });

export const createKey = define("POST", "/keys", {
  tag,
  access: "operator",
  scope: "team",
  summary:
    "Add an SSH public key; it may log in as cloudhero on servers made, started or given other packages from now on",
  body: z.object({ name, public_key: z.string().trim().min(16).max(16_384) }),
  result: key,
});

export const listKeys = define("GET", "/keys", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "The organisation's SSH public keys",
  query: page,
  result: z.array(key),
});

export const removeKey = define("DELETE", "/keys/{id}", {
  tag,
  access: "operator",
  scope: "team",
  summary: "Remove an SSH public key",
  params: idParams,
  result: done,
});

export const listMembers = define("GET", "/members", {
  tag,
  access: "viewer",
  scope: "team",
  summary: "Who belongs to the organisation",
  result: z.array(z.object({ id, email: z.string(), name: z.string(), role, created_at: moment })),
});
