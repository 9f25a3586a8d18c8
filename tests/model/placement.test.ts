import { expect, test } from "vitest";
import { type Candidate, eligible, expressionOf, ofPlatform, roomiest } from "#lib/model/placement.ts";

const node = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ name, labels: { node: name, region: "eu-west-1" }, free: 4, containers: [], images: [] },
  ...more,
});
const web = { id: "abcdef0123456789", name: "web" };
const nodes = [
  node("alpha", { containers: [web], images: ["sha256:1", "busybox:latest"] }),
  node("beta", { labels: { node: "beta", region: "eu-central-1", disk: "ssd" } }),
  node("gamma"),
];
const allowed = (...entries: string[]) =>
  eligible(
    nodes,
    entries.flatMap((entry) => expressionOf(entry) ?? []),
  ).map(({ name }) => name);

test("a constraint names a label's value, with * for anything or a pattern between slashes, and what it must not be", () => {
  expect(allowed("constraint:node==beta")).toEqual(["beta"]);
  expect(allowed("constraint:node!=beta")).toEqual(["alpha", "gamma"]);
  expect(allowed("constraint:region==eu-c*")).toEqual(["beta"]);
  expect(allowed("constraint:node==/^(alpha|gamma)$/")).toEqual(["alpha", "gamma"]);
  expect(allowed("constraint:region!=/central/", "constraint:node!=alpha")).toEqual(["gamma"]);
  expect(allowed("constraint:disk==ssd")).toEqual(["beta"]);
  expect(allowed("constraint:disk==tape")).toEqual([]);
  expect(allowed("constraint:node==/(/")).toEqual([]);
});

test("an affinity names a container, by name or id, or an image", () => {
  expect(allowed("affinity:container==web")).toEqual(["alpha"]);
  expect(allowed("affinity:container==abcdef012345")).toEqual(["alpha"]);
  expect(allowed("affinity:container!=web")).toEqual(["beta", "gamma"]);
  expect(allowed("affinity:image==busybox*")).toEqual(["alpha"]);
});

test("a soft one holds where it can, and hinders nobody where it cannot", () => {
  expect(allowed("constraint:node==~beta")).toEqual(["beta"]);
  expect(allowed("constraint:node==~delta")).toEqual(["alpha", "beta", "gamma"]);
  expect(allowed("constraint:node!=beta", "affinity:container!=~web")).toEqual(["gamma"]);
});

test("what is no expression is a variable of the container's own", () => {
  for (const entry of ["PATH=/bin", "constraint:node=beta", "constraint:==x", "affinity:container=="])
    expect(expressionOf(entry)).toBeNull();
});

test("the node with the most free memory has room; of equals the one with the fewest containers, then the first", () => {
  const of = (...all: Candidate[]) => roomiest(all)?.name;
  expect(of(node("alpha"), node("beta", { free: 5 }), node("gamma"))).toBe("beta");
  expect(of(node("alpha", { containers: [web] }), node("beta"), node("gamma"))).toBe("beta");
  expect(of()).toBeUndefined();
});

test("a platform is a machine's own where there is one; an engine may emulate what none has", () => {
  const machine = (name: string, architecture: string) => node(name, { labels: { architecture } });
  const mixed = [machine("intel", "x86_64"), machine("arm", "aarch64")];
  const on = (platform: string) => ofPlatform(mixed, platform).map(({ name }) => name);
  expect(on("linux/amd64")).toEqual(["intel"]);
  expect(on("linux/arm64/v8")).toEqual(["arm"]);
  expect(on("arm64")).toEqual(["arm"]);
  expect(on("linux/riscv64")).toEqual(["intel", "arm"]);
  expect(on("linux/x86_64")).toEqual(["intel"]);
});
