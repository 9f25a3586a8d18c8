import { expect, test } from "vitest";
import { parse } from "yaml";
import { bodyOf, type Draft, withoutLife } from "#components/environments/new/draft.ts";
import { draftFrom } from "#components/environments/new/draft-from.ts";
import { portsText, readPorts } from "#components/environments/new/ports.ts";
import { readYaml, yamlOf } from "#components/environments/new/yaml.ts";

const draft: Draft = {
  applicationId: "a",
  applicationName: "",
  providerId: "0e1234567890123456789012",
  region: "fra1",
  environment: "staging",
  heal: true,
  protected: true,
  ttl: "1.5",
  schedule: { days: [1, 5], start: "08:00", stop: "18:30", timeZone: "Europe/Berlin" },
  image: "ubuntu-24.04",
  network: "subnet",
  subnet: "subnet-0a1b",
  disk: "40",
  nodes: [
    { key: 1, name: "web", size: "t3.small", packages: ["nginx", "php"], open: "80, 443, 22 from 203.0.113.0/24" },
    { key: 2, name: "no", size: "1e3", packages: [], open: "" },
  ],
};

const back = async (text: string, base = draft) => draftFrom((await readYaml(text)).value, base);

test("what the form shows as YAML is the body of its request, whatever it is called", async () => {
  const names = [
    "yes",
    "No",
    "null",
    "1e3",
    "0x1f",
    "1.5",
    "~",
    "- a",
    "a: b",
    "a #b",
    "'",
    '"',
    "{}",
    "é\u2028",
    " x ",
    "@",
  ];
  for (const environment of names) {
    const odd = { ...draft, environment };
    expect(parse(yamlOf(odd)), environment).toEqual(withoutEmpty(bodyOf(odd)));
  }
});

/** A node without packages leaves them out, which the API takes for the same. */
const withoutEmpty = ({ nodes, ...rest }: ReturnType<typeof bodyOf>) => ({
  ...rest,
  nodes: nodes.map(({ packages, ...node }) => ({ ...node, ...(packages.length > 0 ? { packages } : {}) })),
});

test("pasted back it fills in the same form", async () => {
  const { draft: read } = await back(yamlOf(draft), {
    ...draft,
    ...withoutLife,
    environment: "other",
    image: "",
    nodes: [],
  });
  expect(read).toEqual(draft);
  const { draft: fromJson } = await back(JSON.stringify(bodyOf(draft)));
  expect(fromJson).toEqual(draft);
});

test("what a body does not say is as the provider has it; the place stays as it was", async () => {
  const { draft: read } = await back("environment: x\nnodes:\n  - {name: a, size: b}\n");
  expect(read).toMatchObject({ providerId: draft.providerId, region: "fra1", heal: false, image: "", disk: "" });
});

test("what is not YAML is told by its line, and what the form cannot show by its field", async () => {
  expect((await readYaml("a: [1\nb: 2")).problem).toMatch(/line \d/);
  const problems = async (text: string) => (await back(text)).problems ?? [];
  expect(await problems("just text")).toHaveLength(1);
  expect(await problems("nodes: []")).toEqual(["nodes: is a list of at least one node"]);
  const odd = "heal: maybe\nsize: x\nnodes:\n  - {name: 7, size: a, packages: nginx, expose: [80], disk: 4}\n  - web\n";
  expect((await problems(odd)).map((one) => one.split(":")[0])).toEqual([
    "size",
    "heal",
    "nodes[0].disk",
    "nodes[0].packages",
    "nodes[0].expose",
    "nodes[0].name",
    "nodes[1]",
  ]);
});

test("a text that unfolds into a thousand times itself is refused", async () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 8; level += 1)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  expect((await readYaml(lines.join("\n"))).problem).toBeTruthy();
});

test("ports are read as they are written, each once, and what is none is quoted", () => {
  const open = [
    { port: 80, cidr: "0.0.0.0/0" },
    { port: 5432, cidr: "2001:db8::/32" },
  ];
  expect(readPorts(portsText(open))).toEqual({ open });
  expect(readPorts(" 80,80 ,, ").open).toEqual([{ port: 80, cidr: "0.0.0.0/0" }]);
  for (const wrong of ["0", "65536", "http", "80-90", "80 from home"])
    expect(readPorts(wrong).problem).toContain(wrong);
});
