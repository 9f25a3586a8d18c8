import { expect, test } from "vitest";
import {
  changeScale,
  isChanged,
  portProblems,
  type ScaleNode,
  scaleBody,
} from "#components/environments/scale/scale-draft.ts";

const node = (key: number, name: string, change: Partial<ScaleNode> = {}): ScaleNode => ({
  ...{ key, name, size: "small", packages: ["nginx"], open: "80" },
  was: { size: "small", packages: ["nginx"], open: "80" },
  removed: false,
  ...change,
});
const there = [node(1, "web"), node(2, "db")];

test("what is there asks for nothing, and says its open ports again", () => {
  expect(isChanged(there)).toBe(false);
  expect(scaleBody(there)).toMatchObject({ prune: [], remake: [], nodes: [{ expose: [{ port: 80 }] }, {}] });
  expect(
    isChanged([
      node(1, "web", {
        packages: ["redis", "nginx"],
        was: { size: "small", packages: ["nginx", "redis"], open: "80" },
      }),
    ]),
  ).toBe(false);
});

test("a server that is there is marked when it is removed, and can be had back; an added one is dropped", () => {
  const removed = changeScale(there, { do: "remove", key: 2 });
  expect(scaleBody(removed)).toMatchObject({ prune: ["db"], nodes: [{ name: "web" }] });
  expect(isChanged(changeScale(removed, { do: "restore", key: 2 }))).toBe(false);
  const added = changeScale(there, { do: "add-like", key: 1 });
  expect(added.at(-1)).toMatchObject({ name: "web-2", packages: ["nginx"], removed: false });
  expect(added.at(-1)!.was).toBeUndefined();
  expect(changeScale(added, { do: "remove", key: 3 })).toEqual(there);
});

test("another size is a replacement, named as such", () => {
  const bigger = changeScale(there, { do: "set", key: 1, values: { size: "big" } });
  expect(scaleBody(bigger)).toMatchObject({ prune: [], remake: ["web"] });
});

test("a port is opened and closed later too; what is no port is said, and is no change to plan", () => {
  const set = (open: string) => changeScale(there, { do: "set", key: 1, values: { open } });
  expect(isChanged(set("80 "))).toBe(false);
  const opened = set("80, 5432 from 203.0.113.0/24");
  expect(isChanged(opened)).toBe(true);
  expect(scaleBody(opened).nodes[0]!.expose).toEqual([
    { port: 80, cidr: "0.0.0.0/0" },
    { port: 5432, cidr: "203.0.113.0/24" },
  ]);
  expect(scaleBody(set("")).nodes[0]!.expose).toEqual([]);
  expect([...portProblems(set("http"))]).toEqual([[1, expect.stringContaining("“http” is no port")]]);
});
