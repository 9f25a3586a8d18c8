import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import type { Contract } from "./contract.ts";
import { contracts } from "./contracts/index.ts";
import { errorsOf } from "./reference/errors.ts";
import { illustrate, type Operation } from "./reference/illustrate.ts";
import { tags } from "./reference/tags.ts";

const description =
  "Environments of servers, and Docker clusters, on EC2, DigitalOcean or your own Docker engine. Send a token as Authentication-Token.";

const problem = z.object({ code: z.string(), message: z.string(), field: z.string().optional() });
const failure = z.object({ errors: z.array(problem), success: z.literal(false) }).meta({ id: "Error" });

export type Document = { paths: Record<string, Record<string, Operation>> } & Record<string, unknown>;

let written: Document | undefined;

/** The API as OpenAPI 3.1, from the same contracts that the routes obey; written once, because it takes 0.1 s. */
export function openApiDocument(origin: string): Document {
  written ??= write();
  return { ...written, servers: [{ url: origin }] };
}

function write(): Document {
  const registry = new OpenAPIRegistry();
  const token = registry.registerComponent("securitySchemes", "token", {
    type: "apiKey",
    in: "header",
    name: "Authentication-Token",
    description: "A persistent or a refreshing token. Authorization takes it too, with Bearer or without.",
  });
  const bearer = registry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  const security = [{ [token.name]: [] }, { [bearer.name]: [] }];
  for (const contract of contracts) registry.registerPath(pathOf(contract, security));
  const license = { name: "Apache-2.0", identifier: "Apache-2.0" };
  const info = { title: "CloudHero", version: "1", description, license };
  const head = { openapi: "3.1.0", info, tags, externalDocs: { url: "/docs", description: "The reference" } };
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument(head) as unknown as Document;
  return inWords(withPlainPatterns(document));
}

function inWords(document: Document): Document {
  for (const { method, path, status } of contracts)
    illustrate(document.paths[path]![method.toLowerCase()]!, `${method} ${path}`, String(status));
  return document;
}

/** JSON Schema's patterns are written without the flags that zod's carry ("/u"). */
function withPlainPatterns<T>(document: T): T {
  const plain = (key: string, value: unknown) =>
    key === "pattern" && typeof value === "string" ? value.replace(/\/[a-z]+$/, "") : value;
  return JSON.parse(JSON.stringify(document, plain)) as T;
}

type Path = Parameters<OpenAPIRegistry["registerPath"]>[0];

function pathOf(contract: Contract, security: Record<string, string[]>[]): Path {
  const success = { description: "Done", content: { [contract.media]: { schema: contract.result } } };
  const body = contract.method === "POST" || contract.method === "PUT";
  const schema = contract.errorsInArray ? z.array(failure) : failure;
  const content = { "application/json": { schema } };
  const errors = Map.groupBy(errorsOf(contract), ({ status }) => status);
  const failures = [...errors].map(([status, kinds]) => [
    status,
    { description: kinds.map(({ means }) => means).join(" "), content },
  ]);
  return {
    method: contract.method.toLowerCase() as "get" | "post" | "put" | "delete",
    path: contract.path,
    operationId: operationId(contract),
    summary: contract.summary,
    tags: [contract.tag],
    security: contract.access === "public" ? [] : security,
    ...(contract.unsafeGet ? { deprecated: true } : {}),
    request: {
      params: contract.params as z.ZodObject,
      query: contract.query as z.ZodObject,
      ...(body ? { body: { content: { "application/json": { schema: contract.body } } } } : {}),
    },
    responses: {
      [contract.status]: success,
      ...Object.fromEntries(failures),
      default: { description: "An error", content },
    },
  };
}

/** POST /environments/{id}/stop → postEnvironmentsByIdStop */
function operationId({ method, path }: Contract): string {
  const words = path.replaceAll("{", "by-").split(/[^A-Za-z]+/);
  return method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}
