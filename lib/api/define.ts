import { z } from "zod";
import type { Contract, Method } from "./contract.ts";

type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = {
  summary: string;
  tag: string;
  access: Contract["access"];
  scope: Contract["scope"];
  params?: P;
  query?: Q;
  body?: B;
  result: R;
  status?: number;
  unsafeGet?: boolean;
  media?: string;
  errorsInArray?: boolean;
};

const nothing = z.object({});

/** A contract with its silences filled in. */
export function define<
  R extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(method: Method, path: string, given: Given<P, Q, B, R>): Contract<P, Q, B, R> {
  return {
    status: 200,
    unsafeGet: false,
    media: "application/json",
    errorsInArray: false,
    ...given,
    method,
    path,
    params: given.params ?? (nothing as unknown as P),
    query: given.query ?? (nothing as unknown as Q),
    body: given.body ?? (z.undefined({ error: "takes no body" }) as unknown as B),
  };
}
