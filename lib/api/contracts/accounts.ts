import { z } from "zod";
import { define } from "../define.ts";
import { done, email, id, idParams, moment, name, password, reference, role } from "./fields.ts";

const tag = "Authentication";
const issued = z.array(
  z.object({ persistent_token: z.string(), errors: z.array(z.unknown()), refreshing_token: z.string() }),
);
/** Register's shape; the persistent token was shown once, and is not known any more. */
const refreshed = z.array(
  z.object({ persistent_token: z.null(), errors: z.array(z.unknown()), refreshing_token: z.string() }),
);

export const register = define("POST", "/accounts/register", {
  tag,
  access: "public",
  scope: null,
  summary: "Make an account: an organisation, its owner, and a token",
  body: z
    .object({ email, password, password_confirm: z.string(), name, user_name: z.string().trim().max(254).optional() })
    .refine((body) => body.password === body.password_confirm, {
      path: ["password_confirm"],
      message: "differs from password",
    }),
  result: issued,
  errorsInArray: true,
});

export const login = define("POST", "/accounts/login", {
  tag,
  access: "public",
  scope: null,
  summary: "Log in: a refreshing token, good for 24 hours",
  body: z.object({ email, password: z.string().min(1).max(1024) }),
  result: refreshed,
  errorsInArray: true,
});

export const refresh = define("POST", "/accounts/refresh", {
  tag,
  access: "viewer",
  scope: null,
  summary: "A new refreshing token in place of the one sent",
  body: z.unknown(),
  result: refreshed,
  errorsInArray: true,
});

export const logout = define("POST", "/accounts/logout", {
  tag,
  access: "viewer",
  scope: null,
  summary: "End the session of the refreshing token sent",
  body: z.unknown(),
  result: done,
});

export const forgotPassword = define("POST", "/accounts/forgot-password", {
  tag,
  access: "public",
  scope: null,
  summary: "Have a link for a new password mailed; the answer does not say whether the address has an account",
  body: z.object({ email }),
  result: done,
});

export const resetPassword = define("POST", "/accounts/reset-password", {
  tag,
  access: "public",
  scope: null,
  summary: "Set a new password by a mailed link's token, once and within an hour; every session ends",
  body: z.object({ token: z.string().trim().min(1).max(128), password }),
  result: done,
});

export const changePassword = define("POST", "/accounts/password", {
  tag,
  access: "viewer",
  scope: null,
  summary: "Change one's password, for the present one; every other session ends",
  body: z.object({ current_password: z.string().max(1024).optional(), password }),
  result: done,
});

export const me = define("GET", "/accounts/me", {
  tag,
  access: "viewer",
  scope: null,
  summary: "Who asks, and as what",
  result: z.object({
    id,
    email: z.string(),
    name: z.string(),
    organisation: z.object({ id, name: z.string() }),
    role,
    scopes: z.array(z.string()).nullable(),
    has_password: z.boolean(),
    identities: z.array(z.object({ provider: z.string(), created_at: moment })),
  }),
});

export const rename = define("PUT", "/accounts/me", {
  tag,
  access: "viewer",
  scope: null,
  summary: "Change one's own name",
  body: z.object({ name }),
  result: done,
});

export const sessions = define("GET", "/accounts/sessions", {
  tag,
  access: "viewer",
  scope: null,
  summary: "One's log-ins that are in force",
  result: z.array(
    z.object({
      id,
      kind: z.enum(["browser", "script"]),
      organisation: z.string(),
      current: z.boolean(),
      created_at: moment,
      expires_at: moment,
    }),
  ),
});

export const endSession = define("DELETE", "/accounts/sessions/{id}", {
  tag,
  access: "viewer",
  scope: null,
  summary: "End one of your sessions",
  params: idParams,
  result: done,
});

export const disconnect = define("DELETE", "/accounts/identities/{provider}", {
  tag,
  access: "viewer",
  scope: null,
  summary: "Unlink a log-in provider",
  params: z.object({ provider: reference }),
  result: done,
});
