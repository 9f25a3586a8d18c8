import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contracts } from "#lib/api/contracts/index.ts";
import { openApiDocument } from "#lib/api/openapi.ts";

const folder = join(import.meta.dirname, "../../app/(api)");
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

async function routesOnDisk(): Promise<string[]> {
  const files = globSync("**/route.ts", { cwd: folder });
  const found = files.map(async (file) => {
    const path = `/${file.replace(/\/?route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`;
    const exported = Object.keys(await import(join(folder, file)));
    return exported.filter((name) => METHODS.includes(name)).map((method) => `${method} ${path}`);
  });
  return (await Promise.all(found)).flat().sort();
}

const promised = contracts.map(({ method, path }) => `${method} ${path}`).sort();

test("every contract has its route, and every route its contract, once", { timeout: 90_000 }, async () => {
  expect(promised.length).toBeGreaterThan(40);
  expect(new Set(promised).size).toBe(promised.length);
  expect(await routesOnDisk()).toEqual(promised);
});

test("a contract's parameters are those of its path", () => {
  for (const { path, params } of contracts) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys((params as unknown as { shape: object }).shape).sort(), path).toEqual(named.sort());
  }
});

test("only the reference's three GETs change anything", () => {
  const unsafe = contracts.filter(({ unsafeGet }) => unsafeGet).map(({ method, path }) => `${method} ${path}`);
  expect(unsafe.sort()).toEqual(["delete", "start", "stop"].map((verb) => `GET /environments/{id}/${verb}`));
});

describe("the OpenAPI document", () => {
  const document = openApiDocument("https://cloudhero.example") as any;

  test("says which version it is, what it is called and where it is served", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(document.servers).toEqual([{ url: "https://cloudhero.example" }]);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test("has every contract and nothing else", () => {
    const written = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(written.sort()).toEqual(promised);
  });

  for (const { method, path, access } of contracts) {
    test(`describes ${method} ${path} wholly`, () => {
      const operation = document.paths[path][method.toLowerCase()];
      expect(operation.operationId).toMatch(/^[a-zA-Z]+$/);
      expect(operation.security).toEqual(access === "public" ? [] : [{ token: [] }, { bearer: [] }]);
      const inPath = (operation.parameters ?? []).filter((parameter: any) => parameter.in === "path");
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(inPath.map((parameter: any) => parameter.name)).toEqual(names);
      expect(inPath.every((parameter: any) => parameter.required === true && parameter.schema)).toBe(true);
      for (const answer of Object.values(operation.responses) as any[]) {
        expect(answer.description).toBeTruthy();
        const [media] = Object.values(answer.content ?? {}) as any[];
        expect(media.schema, "a schema").toBeTypeOf("object");
      }
      expect(Object.keys(operation.responses).filter((status) => status.startsWith("2"))).toHaveLength(1);
      expect(operation.responses).toHaveProperty("default");
      expect(operation.responses["401"] !== undefined).toBe(access !== "public" || path === "/accounts/login");
    });
  }

  test("names each operation once", () => {
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item as object).map((operation) => operation.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("refers to nothing that it does not define", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
    for (const path of references)
      expect(
        path.split("/").reduce((value, key) => value?.[key], document),
        path,
      ).toBeDefined();
    expect(document.components.securitySchemes.token).toMatchObject({ type: "apiKey", in: "header" });
  });

  test("says what a request must hold: a password's length, a node's fields", () => {
    const register = document.paths["/accounts/register"].post.requestBody.content["application/json"].schema;
    expect(register.properties.password.minLength).toBe(10);
    expect(register.required).toEqual(expect.arrayContaining(["email", "password", "password_confirm", "name"]));
    const create =
      document.paths["/applications/{id}/environments"].post.requestBody.content["application/json"].schema;
    expect(create.properties.nodes.items.required).toEqual(expect.arrayContaining(["name", "size"]));
    expect(create.properties.nodes.maxItems).toBe(500);
  });
});
