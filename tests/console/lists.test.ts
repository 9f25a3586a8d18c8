import { expect, test } from "vitest";
import { type ContainerRow, pageOf, shortImage, urlOf } from "#lib/console/containers.ts";
import { environmentOf } from "#lib/console/environment-values.ts";
import { labelsIn } from "#lib/console/nodes.ts";
import { familiar } from "#lib/console/stacks/image.ts";

const row = (index: number): ContainerRow => ({
  id: `${index}`.padStart(64, "0"),
  name: `web-${index}`,
  image: "nginx:1.27",
  imageId: "sha256:a",
  state: index % 2 ? "running" : "exited",
  status: "",
  createdAt: "2026-01-01T00:00:00Z",
  node: index % 5 ? "alpha" : "beta",
  ports: [{ text: `${8000 + index} → 80`, url: null }],
  volumes: [],
  service: null,
  stack: null,
});

test("five hundred containers are shown fifty at a time, and a search goes through all of them", () => {
  const rows = Array.from({ length: 500 }, (_, index) => row(index));
  expect(pageOf(rows, {})).toMatchObject({ found: 500, total: 500, page: 1, pages: 10, nodes: ["alpha", "beta"] });
  expect(
    pageOf(rows, { page: 10 })
      .rows.map(({ name }) => name)
      .at(-1),
  ).toBe("web-499");
  expect(pageOf(rows, { page: 99 })).toMatchObject({ page: 10 });
  expect(pageOf(rows, { query: "8321 nginx" }).rows.map(({ name }) => name)).toEqual(["web-321"]);
  expect(pageOf(rows, { state: "running", node: "beta" }).found).toBe(50);
  expect(pageOf(rows, { query: "nothing" })).toMatchObject({ rows: [], found: 0, pages: 1 });
});

test("what looks like a secret has no value, by its name or by what it is", () => {
  const lines = [
    "API_KEY=abc",
    "URL=postgres://me:secret@db/x",
    "HOME=/root",
    "DB_PASSWORD_FILE=/run/x",
    "EMPTY_TOKEN=",
    "A=b=c",
  ];
  expect(environmentOf(lines)).toEqual([
    { name: "A", value: "b=c" },
    { name: "API_KEY", value: null },
    { name: "DB_PASSWORD_FILE", value: "/run/x" },
    { name: "EMPTY_TOKEN", value: "" },
    { name: "HOME", value: "/root" },
    { name: "URL", value: null },
  ]);
  expect(environmentOf(lines, "all").map(({ value }) => value)).toContain("abc");
});

test("an image is called as Docker calls it", () => {
  expect(
    ["busybox", "docker.io/library/redis:7", "ghcr.io/a/b", "localhost:5000/x", "a@sha256:b"].map(familiar),
  ).toEqual(["busybox:latest", "redis:7", "ghcr.io/a/b:latest", "localhost:5000/x:latest", "a@sha256:b"]);
  expect(shortImage(`nginx:1@sha256:${"a".repeat(64)}`)).toBe("nginx:1");
});

test("a port leads where it answers", () => {
  expect([urlOf("10.0.0.1", 8080, 80), urlOf("::1", 8443, 443)]).toEqual([
    "http://10.0.0.1:8080",
    "https://[::1]:8443",
  ]);
});

test("labels are one a line; CloudHero's own and what is none are refused", () => {
  expect(labelsIn("disk=ssd\n\n spare \nurl=a=b")).toEqual({ disk: "ssd", spare: "", url: "a=b" });
  expect(() => labelsIn("io.cloudhero.name=x")).toThrow(/CloudHero/);
  expect(() => labelsIn("has space=x")).toThrow(/no label/);
});
