import type { z } from "zod";
import { authenticate } from "#lib/auth/authenticate.ts";
import { requireRole, requireScope } from "#lib/auth/require.ts";
import type { Context, Visitor } from "#lib/context.ts";
import { db } from "#lib/db/client.ts";
import { isOutage } from "#lib/db/outage.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { randomHex } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { addressOf } from "./address.ts";
import type { Contract } from "./contract.ts";
import { Answer, errorResponse, json, parseJson, readBody } from "./http.ts";
import { once } from "./idempotent.ts";
import { parse } from "./parse.ts";
import { refuseForgery } from "./same-origin.ts";

type Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A> = {
  ctx: A extends "public" ? Visitor : Context;
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  request: Request;
};
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Run<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, A> = (
  call: Call<P, Q, B, A>,
) => Promise<z.input<R> | Answer<z.input<R>> | Response>;

/** A route's method from its contract: authenticates, parses, runs the verb, and presents its result. */
export function handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  contract: Contract<P, Q, B, R> & { access: "public" },
  run: Run<P, Q, B, R, "public">,
): Handler;
export function handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  contract: Contract<P, Q, B, R>,
  run: Run<P, Q, B, R, "member">,
): Handler;
export function handle(contract: Contract, run: (call: never) => Promise<unknown>): Handler {
  return async (request, { params }) => {
    try {
      if (contract.unsafeGet && request.method !== "GET")
        throw new AppError("method_not_allowed", "This GET changes something: HEAD cannot ask for it.");
      const ctx = await contextFor(contract, request);
      const text = contract.method === "GET" ? "" : await readBody(request);
      const respond = async () => {
        const result = await run({
          ctx,
          // Next gives none to a path without any.
          params: parse(contract.params, (await params) ?? {}, "not_found"),
          query: parse(contract.query, Object.fromEntries(new URL(request.url).searchParams)),
          body: parse(contract.body, parseJson(request, text)),
          request,
        } as never);
        return present(contract, result);
      };
      return contract.method === "POST" && contract.access !== "public"
        ? await once(ctx, request, text, respond)
        : await respond();
    } catch (error) {
      return failure(contract, request, error);
    }
  };
}

async function contextFor(contract: Contract, request: Request): Promise<Context> {
  const visitor: Visitor = { db: db(), address: addressOf(request) };
  if (contract.access === "public") return visitor as Context;
  const ctx = await authenticate(visitor, request.headers);
  if (ctx.via === "cookie") {
    if (contract.unsafeGet) throw new AppError("method_not_allowed", "From a browser, use POST.");
    refuseForgery(request);
  }
  requireRole(ctx, contract.access);
  if (contract.scope) requireScope(ctx, contract.scope);
  return ctx;
}

function present(contract: Contract, result: unknown): Response {
  if (result instanceof Response) return result;
  const [body, headers] = result instanceof Answer ? [result.body, result.headers] : [result, {}];
  const checked = contract.result.safeParse(body);
  if (!checked.success) throw new Error(`The answer breaks its contract: ${checked.error.message}`);
  return json(contract.status, checked.data, headers);
}

function failure(contract: Contract, request: Request, error: unknown): Response {
  if (error instanceof AppError && error.code !== "internal") return errorResponse(error, contract.errorsInArray);
  if (isOutage(error)) {
    const unavailable = new AppError("unavailable", "The database does not answer; try again.", {
      retryAfterSeconds: 5,
    });
    return errorResponse(unavailable, contract.errorsInArray);
  }
  const requestId = randomHex(64);
  log.error({ requestId, method: request.method, path: new URL(request.url).pathname, err: error }, messageOf(error));
  const internal = new AppError("internal", `Something went wrong on our side; the log has it as ${requestId}.`);
  return errorResponse(internal, contract.errorsInArray);
}
