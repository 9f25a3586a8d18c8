import { expect, test } from "vitest";
import { stackOf } from "#lib/console/compose/convert.ts";
import { variablesOf } from "#lib/console/compose/read.ts";
import { splitWords } from "#lib/console/compose/words.ts";
import { AppError } from "#lib/errors.ts";

const stack = (file: string, variables: Record<string, string> = {}) => stackOf("shop", file, variables);
const service = (lines: string, rest = "") =>
  stack(`services:\n  web:\n    image: nginx\n${lines.replace(/^/gm, "    ")}\n${rest}`).services[0]!;
const wrong = (file: string, variables: Record<string, string> = {}): string[] => {
  try {
    stack(file, variables);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return error.problems.map(({ message }) => message);
    throw error;
  }
  throw new Error("the file was taken");
};
const wrongIn = (lines: string) => wrong(`services:\n  web:\n    image: nginx\n${lines.replace(/^/gm, "    ")}\n`);

test("a service has its stack's labels, its own name in the stack's network, and one replica where nothing is said", () => {
  const { services, networks } = stack("services: { web: { image: nginx } }");
  expect(services[0]).toMatchObject({
    Name: "shop_web",
    Labels: { "com.docker.stack.namespace": "shop", "com.docker.stack.image": "nginx" },
    TaskTemplate: { Networks: [{ Target: "shop_default", Aliases: ["web"] }] },
    Mode: { Replicated: {} },
  });
  expect(networks).toMatchObject([{ Name: "shop_default", Driver: "overlay", Attachable: false }]);
});

test.each([
  ["80", [[0, 80, "tcp"]]],
  ['"8080:80"', [[8080, 80, "tcp"]]],
  ['"8080:80/udp"', [[8080, 80, "udp"]]],
  [
    '"9000-9001:90-91"',
    [
      [9000, 90, "tcp"],
      [9001, 91, "tcp"],
    ],
  ],
  [
    '"9000-9001:90"',
    [
      [9000, 90, "tcp"],
      [9001, 90, "tcp"],
    ],
  ],
  ['"127.0.0.1:8080:80"', [[8080, 80, "tcp"]]],
])("the port %s is published as Docker publishes it", (port, expected) => {
  const { Ports } = service(`ports: [${port}]`).EndpointSpec;
  const found = Ports.map((one: { PublishedPort: number; TargetPort: number; Protocol: string }) => [
    one.PublishedPort,
    one.TargetPort,
    one.Protocol,
  ]);
  expect(found).toEqual(expected);
});

test("ports are in one order whatever the file's", () => {
  const ports = (text: string) => JSON.stringify(service(`ports: ${text}`).EndpointSpec);
  expect(ports('["81:80", "80:80"]')).toBe(ports('["80:80", "81:80"]'));
});

test("a mode with a leading zero is octal, and a word that looks like a number in the environment stays a text", () => {
  const made = service(
    "configs: [{ source: a, mode: 0440 }]\nenvironment: { PORT: 80, ON: true, NONE: '' , BARE: }",
    "configs: { a: { content: x } }",
  ).TaskTemplate.ContainerSpec;
  expect(made.Configs).toEqual([{ ConfigName: "shop_a", File: { Name: "a", UID: "0", GID: "0", Mode: 0o440 } }]);
  expect(made.Env).toEqual(["BARE", "NONE=", "ON=true", "PORT=80"]);
});

test("limits are in billionths of a processor and in bytes, durations in billionths of a second", () => {
  const made = service("stop_grace_period: 1m30s\ndeploy: { resources: { limits: { cpus: '0.25', memory: 32M } } }");
  expect(made.TaskTemplate.Resources.Limits).toMatchObject({ NanoCPUs: 250_000_000, MemoryBytes: 32 * 1024 ** 2 });
  expect(made.TaskTemplate.ContainerSpec.StopGracePeriod).toBe(90e9);
});

test("what is added to capabilities is not dropped, and a restart by the old word is a policy", () => {
  const { ContainerSpec, RestartPolicy } = service(
    "cap_add: [net_admin]\ncap_drop: [CAP_NET_ADMIN, chown]\nrestart: on-failure:3",
  ).TaskTemplate;
  expect([ContainerSpec.CapabilityAdd, ContainerSpec.CapabilityDrop]).toEqual([["CAP_NET_ADMIN"], ["CAP_CHOWN"]]);
  expect(RestartPolicy).toEqual({ Condition: "on-failure", MaxAttempts: 3 });
});

test("an external thing keeps its name, and is asked for", () => {
  const made = stack(
    "services: { web: { image: nginx, networks: [edge], secrets: [key] } }\nnetworks: { edge: { external: true, name: public } }\nsecrets: { key: { external: { name: tls } } }",
  );
  expect(made.services[0]!.TaskTemplate.Networks[0].Target).toBe("public");
  expect([made.networks, made.external]).toEqual([[], { networks: ["public"], configs: [], secrets: ["tls"] }]);
});

test("variables are filled in, two dollars are one, and a fallback counts where nothing is given", () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Compose's own variables.
  const file =
    "services: { web: { image: 'nginx:${TAG:-stable}', environment: { A: '$NAME', B: '$$5', C: '${EMPTY-none}' } } }";
  expect(variablesOf(file)).toEqual([
    { name: "TAG", fallback: "stable" },
    { name: "NAME", fallback: null },
    { name: "EMPTY", fallback: "none" },
  ]);
  const { ContainerSpec } = stack(file, { NAME: "x", TAG: "", EMPTY: "" }).services[0]!.TaskTemplate;
  expect([ContainerSpec.Image, ContainerSpec.Env]).toEqual(["nginx:stable", ["A=x", "B=$5", "C="]]);
  expect(wrong("services: { web: { image: '${IMAGE}' } }")).toEqual([
    "The file names variables without a value: IMAGE.",
  ]);
  expect(wrong("services: { web: { image: '${IMAGE' } }")[0]).toMatch(/dollar/);
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: Compose's own variables.
});

test("a value cannot bring further variables or YAML into the file", () => {
  const made = stack("services: { web: { image: nginx, environment: { A: $A } } }", { A: "$B\nprivileged: true" });
  expect(made.services[0]!.TaskTemplate.ContainerSpec.Env).toEqual(["A=$B\nprivileged: true"]);
});

test.each([
  ["build: .", /web.*image|build/],
  ["env_file: .env", /env_file: names a file on your own machine/],
  ["volumes: [./site:/site]", /volumes\.0: "\.\/site" is a path of your own machine/],
  ["volumes: [data:/data]", /volumes\.0 the volume data is not named/],
  ["networks: [nowhere]", /the network nowhere is not named/],
  ["secrets: [nothing]", /nothing is not named under secrets/],
  ["ports: ['eighty']", /ports\.0: "eighty" is no port/],
  ["ports: ['70000:80']", /is no port/],
  ["mem_limit: 64m", /mem_limit: set limits in deploy.resources/],
  ["imagee: nginx", /services\.web\.imagee is not known/],
  ["deploy: { replicas: two }", /deploy\.replicas: "two" is no whole number/],
  ["deploy: { mode: global, replicas: 2 }", /replicas makes no sense/],
  ["deploy: { resources: { limits: { memory: lots } } }", /memory: "lots" is no size/],
  ["healthcheck: { interval: 5 }", /interval: "5" is no duration/],
  ['command: "sh -c \'open"', /a quote is left open/],
  ["healthcheck: { test: 'true', disable: true }", /healthcheck has a test, and is disabled/],
])("%s is refused, and the place is named", (lines, message) => {
  const refused = lines.startsWith("build") ? wrong("services: { web: { build: . } }") : wrongIn(lines);
  expect(refused.join("\n")).toMatch(message);
});

test("a file on the reader's machine is refused where its content can stand", () => {
  const file = "services: { web: { image: nginx } }\nconfigs: { site: { file: ./site.conf } }";
  expect(wrong(file).join("\n")).toMatch(
    /configs\.site\.file: names a file on your own machine: write its text under "content"/,
  );
});

test("what a swarm passes over is said, and nothing else is in the way", () => {
  const { warnings } = stack(
    "services: { web: { image: nginx, container_name: w, depends_on: [db], build: . }, db: { image: redis } }",
  );
  expect(warnings.join("\n")).toMatch(
    /web\.container_name is passed over.*\n.*web\.depends_on is passed over.*\n.*web\.build is passed over/,
  );
});

test("what is no YAML, no file, or stands for too much is refused", () => {
  expect(wrong("services: [")[0]).toMatch(/This is no YAML/);
  expect(wrong("hello")[0]).toMatch(/no services/);
  const bomb = [
    "a: &a [x,x,x,x,x,x,x,x,x]",
    ..."bcdefgh".split("").map((one, index) => `${one}: &${one} [${Array(9).fill(`*${"abcdefg"[index]}`)}]`),
  ];
  expect(wrong(bomb.join("\n"))[0]).toMatch(/aliases stand for too much/);
  expect(wrong(`# ${"x".repeat(600_000)}`)[0]).toMatch(/512 KiB/);
});

test("a line is split into words as a shell splits it", () => {
  expect(splitWords(`sh -c "echo 'a b' \\"c\\"" d\\ e '' x`)).toEqual(["sh", "-c", `echo 'a b' "c"`, "d e", "", "x"]);
  expect(splitWords("echo 'open")).toBeNull();
});

test("merged anchors and keys for other tools are understood", () => {
  const made = stack("x-a: &a { image: nginx, x-b: 1 }\nservices: { web: { <<: *a, hostname: h } }");
  expect(made.services[0]!.TaskTemplate.ContainerSpec).toMatchObject({ Image: "nginx", Hostname: "h" });
});
