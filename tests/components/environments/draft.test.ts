import { expect, test } from "vitest";
import { changeDraft, type DraftChange } from "#components/environments/new/change-draft.ts";
import { curlOf } from "#components/environments/new/curl.ts";
import { bodyOf, type Draft, mostNodes, withoutLife } from "#components/environments/new/draft.ts";
import { freeName } from "#components/environments/new/free-name.ts";
import { answered, gapsIn } from "#components/environments/new/gaps.ts";
import { multiplied } from "#components/environments/new/multiplied.ts";
import { sizedNodes } from "#components/environments/new/sized-nodes.ts";
import { environmentWish } from "#lib/api/contracts/environment-wish.ts";
import type { Size } from "#lib/providers/provider.ts";

const draft: Draft = {
  applicationId: "56dd5e9610d396503e2a6ab6",
  applicationName: "",
  providerId: "p1",
  region: "local",
  environment: "staging",
  ...withoutLife,
  image: "",
  network: "",
  subnet: "",
  disk: "",
  nodes: [
    { key: 1, name: "web", size: "small", packages: ["nginx"], open: "80" },
    { key: 2, name: "db", size: "medium", packages: [], open: "" },
  ],
};

const sizedBy = (sizes: Size[]): DraftChange => ({ do: "size-nodes", sized: (nodes) => sizedNodes(nodes, sizes) });

test("a duplicate stands below its original, with the next free name and packages of its own", () => {
  const { nodes } = changeDraft(draft, { do: "duplicate-node", key: 1 });
  expect(nodes.map(({ name }) => name)).toEqual(["web", "web-2", "db"]);
  expect(nodes[1]).toMatchObject({ size: "small", packages: ["nginx"] });
  expect(nodes[1]!.packages).not.toBe(nodes[0]!.packages);
  expect(new Set(nodes.map(({ key }) => key)).size).toBe(3);
});

test("names count on from the number they end in, past those that are taken in any case", () => {
  expect(freeName("web", [])).toBe("web");
  expect(freeName("web-2", ["web-2", "WEB-3"])).toBe("web-4");
});

test("the last node cannot be removed, and past 500 none is added", () => {
  const one = changeDraft(draft, { do: "remove-node", key: 2 });
  expect(changeDraft(one, { do: "remove-node", key: 1 }).nodes).toHaveLength(1);
  let full = draft;
  for (let index = 0; index < mostNodes + 5; index += 1) full = changeDraft(full, { do: "add-node" });
  expect(full.nodes).toHaveLength(mostNodes);
  expect(new Set(full.nodes.map(({ name }) => name)).size).toBe(mostNodes);
});

test("the form's body passes the API's contract", () => {
  expect(environmentWish.parse(bodyOf(draft))).toMatchObject({ name: "staging", providerId: "p1", heal: false });
});

test("the curl line carries exactly the form's body, whatever quotes it has", () => {
  const line = curlOf({ ...draft, environment: "it's $HOME" }, "http://127.0.0.1:8080");
  const [, json] = /-d '(\{\n[\s\S]*\n\})'$/.exec(line)!;
  expect(JSON.parse(json!.replaceAll("'\\''", "'"))).toEqual(bodyOf({ ...draft, environment: "it's $HOME" }));
  expect(line).toContain(`'http://127.0.0.1:8080/applications/${draft.applicationId}/environments'`);
});

test("a new application is a request of its own, before the other", () => {
  const lines = curlOf({ ...draft, applicationId: "", applicationName: "shop" }, "http://h");
  expect(lines.indexOf('"application_name":"shop"')).toBeGreaterThan(0);
  expect(lines.indexOf('"application_name":"shop"')).toBeLessThan(lines.indexOf("APPLICATION_ID/environments"));
});

test("what is left empty is named by field, and nothing else is judged", () => {
  expect(gapsIn(draft)).toEqual({});
  const empty = {
    ...draft,
    applicationId: "",
    environment: " ",
    region: "",
    nodes: [{ ...draft.nodes[0]!, size: "" }],
  };
  expect(Object.keys(gapsIn(empty))).toEqual(["application_name", "environment", "region", "nodes[0].size"]);
});

test("an error goes when its own field is changed, and only then", () => {
  const refused = { fields: { environment: "taken", "nodes[1].size": "gone", "nodes[11].size": "gone" } };
  const afterSize = answered(refused, { do: "set-node", index: 1, values: { size: "small" } });
  expect(Object.keys(afterSize.fields)).toEqual(["environment", "nodes[11].size"]);
  expect(answered(refused, { do: "set", values: { environment: "x" } }).fields).not.toHaveProperty("environment");
  expect(answered(refused, { do: "remove-node", key: 1 }).fields).toEqual({ environment: "taken" });
});

test("a port that is none is named at its node, before anything is sent", () => {
  const odd = { ...draft, nodes: [draft.nodes[0]!, { ...draft.nodes[1]!, open: "80, http" }] };
  expect(gapsIn(odd)["nodes[1].expose"]).toContain("“http”");
});

test("a row becomes name-1 to name-N in its place, past names that others have, all alike", () => {
  const crowded = { ...draft, nodes: [...draft.nodes, { ...draft.nodes[1]!, key: 3, name: "WEB-2" }] };
  const { nodes } = changeDraft(crowded, { do: "multiply-node", multiplied: (nodes) => multiplied(nodes, 1, 3) });
  expect(nodes.map(({ name }) => name)).toEqual(["web-1", "web-3", "web-4", "db", "WEB-2"]);
  expect(new Set(nodes.map(({ key }) => key)).size).toBe(5);
  expect(nodes[2]).toMatchObject({ size: "small", packages: ["nginx"], open: "80" });
  expect(
    changeDraft(draft, { do: "multiply-node", multiplied: (nodes) => multiplied(nodes, 1, 9999) }).nodes,
  ).toHaveLength(mostNodes);
});

test("rows are moved one by one, and stay at the ends", () => {
  const names = (by: 1 | -1, key: number) =>
    changeDraft(draft, { do: "move-node", key, by }).nodes.map(({ name }) => name);
  expect(names(1, 1)).toEqual(["db", "web"]);
  expect(names(-1, 2)).toEqual(["db", "web"]);
  expect(names(-1, 1)).toEqual(["web", "db"]);
});

const size = (id: string, gib: number, pricePerHour: number) => ({
  id,
  cores: "2",
  ram: `${gib} GiB`,
  disk: "SSD",
  pricePerHour,
});

test("at another place a size that is not there is found by how big it was, and the row says so; a chosen one stays", () => {
  const here = changeDraft(draft, sizedBy([size("small", 2, 1), size("medium", 4, 2)]));
  const there = changeDraft(here, sizedBy([size("s1", 2, 1), size("s2", 4, 2), size("s3", 4, 3)]));
  expect(there.nodes.map((node) => [node.size, node.swapped])).toEqual([
    ["s1", { from: "small", short: false }],
    ["s2", { from: "medium", short: false }],
  ]);
  const chosen = changeDraft(there, { do: "set-node", index: 1, values: { size: "s3" } });
  expect(chosen.nodes[1]!.swapped).toBeUndefined();
  const again = changeDraft(chosen, sizedBy([size("s1", 2, 1), size("s3", 4, 3)]));
  expect(again.nodes[1]!.size).toBe("s3");
  expect(changeDraft(again, sizedBy([size("s1", 2, 1), size("s3", 4, 3)]))).toBe(again);
});

test("a template's servers take the place of the nodes, sized where they are to be", () => {
  const need = { cores: 2, gib: 4 };
  const nodes = [{ name: "db", size: null, need, packages: ["redis"], expose: [{ port: 6379, cidr: "10.0.0.0/8" }] }];
  const filled = changeDraft(draft, { do: "use-template", nodes });
  const sized = changeDraft(filled, sizedBy([size("s1", 2, 1), size("s2", 4, 2)]));
  expect(bodyOf(sized).nodes).toEqual([
    { name: "db", size: "s2", packages: ["redis"], expose: [{ port: 6379, cidr: "10.0.0.0/8" }] },
  ]);
  expect(sized.nodes[0]!.swapped).toBeUndefined();
});
