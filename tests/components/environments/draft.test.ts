import { expect, test } from "vitest";
import { curlOf } from "#components/environments/new/curl.ts";
import { bodyOf, changeDraft, type Draft, freeName, mostNodes } from "#components/environments/new/draft.ts";
import { answered, gapsIn } from "#components/environments/new/gaps.ts";
import { environmentWish } from "#lib/api/contracts/environment-wish.ts";

const draft: Draft = {
  applicationId: "56dd5e9610d396503e2a6ab6",
  applicationName: "",
  providerId: "p1",
  region: "local",
  environment: "staging",
  heal: false,
  image: "",
  network: "",
  subnet: "",
  disk: "",
  nodes: [
    { key: 1, name: "web", size: "small", packages: ["nginx"] },
    { key: 2, name: "db", size: "medium", packages: [] },
  ],
};

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
