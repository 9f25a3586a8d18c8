import { z } from "zod";
import { define } from "../define.ts";
import { done, email, name, password } from "./fields.ts";

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
  summary: "Log in: a refreshing token, good for 24 hours",
  body: z.object({ email, password: z.string().min(1).max(1024) }),
  result: refreshed,
  errorsInArray: true,
});

export const refresh = define("POST", "/accounts/refresh", {
  tag,
  access: "viewer",
  summary: "A new refreshing token in place of the one sent",
  body: z.unknown(),
  result: refreshed,
  errorsInArray: true,
});

export const logout = define("POST", "/accounts/logout", {
  tag,
  access: "viewer",
  summary: "End the session of the refreshing token sent",
  body: z.unknown(),
  result: done,
});
