import { describe, expect, test } from "vitest";
import { z } from "zod";
import { contracts } from "#lib/api/contracts/index.ts";
import { openApiDocument } from "#lib/api/openapi.ts";
import { reference } from "#lib/api/reference/chapters.ts";
import { apiErrors } from "#lib/api/reference/errors.ts";
import { exampleFor } from "#lib/api/reference/example.ts";
import { guides } from "#lib/api/reference/guides.ts";
import { operations } from "#lib/api/reference/operations.ts";
import { languages } from "#lib/api/reference/request-code.ts";
import { searchIndex } from "#lib/api/reference/search-index.ts";
import { tags } from "#lib/api/reference/tags.ts";
import { examplesIn, readReference, referenceThere } from "#tests/support/reference/read.ts";

const topics = reference().flatMap((chapter) => chapter.topics);
const told = topics.filter(({ operation }) => operation);
const reader = { origin: "https://cloud.example" };

test("every contract is told of, but for a GET that does what a POST beside it does", () => {
  const expected = contracts.filter(({ unsafeGet }) => !unsafeGet).map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(told.map(({ operation }) => operation!.key))].sort()).toEqual(expected.sort());
});

test("every address in the docs is there once", () => {
  const ids = reference().flatMap(({ id, topics }) => [id, ...topics.map((topic) => topic.id)]);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("every link in the docs leads somewhere", () => {
  const pages = [
    "/docs",
    "/docs/console",
    "/docs/errors",
    "/openapi.json",
    ...guides.map(({ slug }) => `/docs/${slug}`),
  ];
  const anchors = [
    ...reference()
      .flatMap(({ id, topics }) => [id, ...topics.map((topic) => topic.id)])
      .map((id) => `/docs#${id}`),
    ...guides.flatMap(({ slug, chapter }) => chapter.topics.map(({ id }) => `/docs/${slug}#${id}`)),
  ];
  const text = JSON.stringify([reference(), guides]);
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, href]) =>
    href!.startsWith("#") ? `/docs${href}` : href!,
  );
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((href) => ![...pages, ...anchors].includes(href))).toEqual([]);
});

describe.each(operations().map((operation) => [operation.key, operation] as const))("%s", (key, operation) => {
  test("has words for each field of a request (lib/api/reference/words.ts)", () => {
    const fields = [...operation.pathFields, ...operation.queryFields, ...operation.bodyFields];
    expect(fields.filter(({ words }) => !words).map(({ place }) => place)).toEqual([]);
  });

  test("has an example that its contract takes, and an answer that it lets through", () => {
    const contract = contracts.find(({ method, path }) => `${method} ${path}` === key)!;
    const body = contract.body.safeParse(operation.body);
    expect(body.success, body.error?.message).toBe(true);
    const answer =
      openApiDocument("").paths[contract.path]![contract.method.toLowerCase()]!.responses[contract.status]!;
    const [media] = Object.values(answer.content!);
    const checked = z.fromJSONSchema(media!.schema as never).safeParse(media!.example);
    expect(checked.success, checked.error?.message).toBe(true);
  });

  test("is of a tag that is described", () => expect(tags.map(({ name }) => name)).toContain(operation.tag));
});

test("an example's body that a topic brings is one that its contract takes", () => {
  const own = told.filter(({ body }) => body !== undefined);
  expect(own.length).toBeGreaterThan(4);
  for (const { operation, body, title } of own) {
    const contract = contracts.find(({ method, path }) => `${method} ${path}` === operation!.key)!;
    expect(contract.body.safeParse(body).success, title).toBe(true);
  }
});

test("examples carry the reader's address and ids, and never a token", () => {
  const known = { ...reader, providerId: "a".repeat(24), applicationId: "b".repeat(24) };
  const create = told.find(({ id }) => id === "create-single-server")!;
  for (const language of languages) {
    const code = (exampleFor(create, known).request as Record<string, string>)[language]!;
    expect(code).toContain(`https://cloud.example/applications/${known.applicationId}/environments`);
    expect(code).toContain(known.providerId);
    expect(code).toContain("CLOUDHERO_TOKEN");
  }
});

test.runIf(referenceThere)("the reference's headlines stand in its order, and its requests are ours", () => {
  const titles = told.map(({ title }) => title);
  const theirs = readReference().map(({ title }) => title);
  expect(theirs).toHaveLength(15);
  expect(titles.filter((title) => theirs.includes(title))).toEqual(theirs);
  for (const { title, path } of readReference()) {
    const { operation } = told.find((topic) => topic.title === title)!;
    const plain = path.replace(/\w+_id\b/, "{id}");
    expect(operation!.path, title).toBe(plain);
  }
});

test("Shell's examples read like the reference's own: the same reader understands them", () => {
  for (const topic of told.filter(({ operation }) => operation!.media === "application/json")) {
    const { shell } = exampleFor(topic, reader).request as Record<string, string>;
    const [read] = examplesIn(`# ${topic.title}\n\`\`\`shell\n${shell}\n\`\`\`\n\`\`\`json\n{}\n\`\`\`\n`);
    expect(read).toMatchObject({ method: topic.operation!.method, path: topic.operation!.filledPath });
    const body = topic.body ?? topic.operation!.body;
    expect(read!.body === undefined ? undefined : JSON.parse(read!.body.replaceAll("'\\''", "'"))).toEqual(body);
  }
});

test("each error has a status, a meaning and a remedy, and none is left out", () => {
  expect(apiErrors.map(({ code }) => code)).toContain("rate_limited");
  for (const { status, means, remedy } of apiErrors) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(means.length + remedy.length).toBeGreaterThan(30);
  }
});

test("the search's index has every headline, every error, and the names of fields", () => {
  const index = searchIndex();
  expect(index).toHaveLength(topics.length + apiErrors.length + guides.flatMap(({ chapter }) => chapter.topics).length);
  expect(index.find(({ href }) => href === "/docs#make-a-token")?.words).toContain("expires_in_days");
});
