import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import type { Contract } from "./contract.ts";
import { contracts } from "./contracts/index.ts";

const description =
  "Environments of servers, and Docker clusters, on EC2, DigitalOcean or your own Docker engine. Send a token as Authentication-Token.";

const problem = z.object({ code: z.string(), message: z.string(), field: z.string().optional() });
const failure = z.object({ errors: z.array(problem), success: z.literal(false) });

let written: Record<string, unknown> | undefined;

/** The API as OpenAPI 3.1, from the same contracts that the routes obey; written once, because it takes 0.1 s. */
export function openApiDocument(origin: string): Record<string, unknown> {
  written ??= write();
  return { ...written, servers: [{ url: origin }] };
}

function write(): Record<string, unknown> {
  const registry = new OpenAPIRegistry();
  const token = registry.registerComponent("securitySchemes", "token", {
    type: "apiKey",
    in: "header",
    name: "Authentication-Token",
  });
  for (const contract of contracts) registry.registerPath(pathOf(contract, token.name));
  const info = { title: "CloudHero", version: "1", description };
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({ openapi: "3.1.0", info });
  return document as unknown as Record<string, unknown>;
}

function pathOf(contract: Contract, token: string): Parameters<OpenAPIRegistry["registerPath"]>[0] {
  const success = { description: "Done", content: { [mediaType(contract)]: { schema: contract.result } } };
  const body = contract.method === "POST" || contract.method === "PUT";
  return {
    method: contract.method.toLowerCase() as "get" | "post" | "put" | "delete",
    path: contract.path,
    operationId: operationId(contract),
    summary: contract.summary,
    tags: [contract.tag],
    security: contract.access === "public" ? [] : [{ [token]: [] }],
    request: {
      params: contract.params as z.ZodObject,
      query: contract.query as z.ZodObject,
      ...(body ? { body: { content: { "application/json": { schema: contract.body } } } } : {}),
    },
    responses: {
      [contract.status]: success,
      default: {
        description: "An error",
        content: { "application/json": { schema: contract.errorsInArray ? z.array(failure) : failure } },
      },
    },
  };
}

const mediaType = (contract: Contract) =>
  contract.path.endsWith("/events") ? "text/event-stream" : "application/json";

/** POST /environments/{id}/stop → postEnvironmentsByIdStop */
function operationId({ method, path }: Contract): string {
  const words = path.replaceAll("{", "by-").split(/[^A-Za-z]+/);
  return method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}
