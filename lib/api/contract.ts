import type { z } from "zod";
import type { Role } from "#lib/model/roles.ts";
import type { Scope } from "#lib/model/scopes.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One method of one path: all that documents, guards and checks it. */
export type Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
> = {
  method: Method;
  /** As in OpenAPI: /environments/{id}/query. */
  path: string;
  summary: string;
  tag: string;
  /** The least role that may; "public" asks for no token. */
  access: "public" | Role;
  /** What a token that is for less than its role must be for; null: any token may, or none is asked for. */
  scope: Scope | null;
  params: Params;
  query: Query;
  body: Body;
  result: Result;
  /** Of a success; 200 unless said. */
  status: number;
  /** A GET that changes something: for tokens alone, 405 to a browser's cookie. */
  unsafeGet: boolean;
  /** What a success is sent as; "application/json" unless said. */
  media: string;
  /** Errors stand in a one-element array, as register's answers do. */
  errorsInArray: boolean;
};

export type AnyContract = Contract;
