import { afterEach, beforeEach, expect, test } from "vitest";
import { ec2Policy } from "#lib/providers/ec2/policy.ts";
import { regionOf } from "../emulators/ec2/build-region.ts";
import type { Ec2Emulator } from "../emulators/ec2/emulator.ts";
import {
  doom,
  environmentIn,
  freshProvider,
  idsOf,
  living,
  quietly,
  signal,
  specsFor,
  startCloud,
} from "./ec2-bench.ts";
import { eventually } from "./fixtures.ts";

let cloud: Ec2Emulator;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

const SERVICES: Record<string, string> = {
  GetParameter: "ssm",
  GetProducts: "pricing",
  AssumeRole: "sts",
  GetServiceQuota: "servicequotas",
  GetAWSDefaultServiceQuota: "servicequotas",
};
const allowed = (ownNetwork: boolean, roleArn?: string) =>
  ec2Policy({ ownNetwork, roleArn })
    .Statement.flatMap((statement) => statement.Action)
    .toSorted();

/** Everything that the adapter can be made to do, once. */
async function everything(network: "default" | "own", role_arn?: string) {
  const provider = freshProvider({ network, role_arn });
  const environment = { ...environmentIn("eu-west-1"), ingress: [{ port: 80, cidr: "0.0.0.0/0" }] };
  await provider.verify(signal());
  await provider.missingPermissions!(signal());
  await provider.metadata(signal());
  await provider.prices!("eu-west-1", signal());
  await provider.plan({ region: "us-west-2", choices: {}, servers: { "t3.small": 2, "p3.2xlarge": 1 } }, signal());
  await provider.prepare(environment, quietly, signal());
  await provider.prepare({ ...environment, ingress: [] }, quietly, signal());
  const ids = idsOf(await provider.launch(environment, specsFor(environment, 2), signal()));
  await eventually(
    () => provider.stop("eu-west-1", ids, signal()),
    (all) => all.every(({ current }) => current !== "pending"),
  );
  await eventually(
    () => provider.start("eu-west-1", ids, signal()),
    (all) => all.every(({ current }) => current !== "stopping"),
  );
  for (const instance of living(cloud)) instance.deleteVolume = false;
  await provider.destroy("eu-west-1", doom(ids), signal());
  await eventually(() => provider.release(environment, signal()), Boolean);
  await provider.prepare(environment, quietly, signal());
  const { found } = await provider.remnants(["eu-west-1"], environment.owner, signal());
  await provider.removeRemnants(found, signal());
  const subnet = [...regionOf(cloud.state, cloud.state.accounts[0]!, "eu-west-1").subnets.values()][0]!;
  const placed = freshProvider({ subnet: subnet.id, role_arn });
  await placed.prepare(environment, quietly, signal());
  return [...new Set(cloud.calls.map(({ action }) => action))]
    .filter((action) => action !== "GetCallerIdentity")
    .map((action) => `${SERVICES[action] ?? "ec2"}:${action}`)
    .toSorted();
}

test("every call that the adapter makes is in the policy, and nothing else", async () => {
  const role = "arn:aws:iam::123456789012:role/cloudhero";
  cloud.behaviour.roles.set(role, undefined);
  expect(await everything("own", role)).toEqual(allowed(true, role));
});

test("a key for the default network needs no permission to make networks", async () => {
  const made = await everything("default");
  expect(made.filter((action) => !allowed(false).includes(action))).toEqual([]);
  expect(
    allowed(true)
      .filter((action) => !allowed(false).includes(action))
      .every((action) => /Vpc|Subnet|Gateway|Route/.test(action)),
  ).toBe(true);
});

test("the preflight names each missing permission, and changes nothing", async () => {
  const provider = freshProvider();
  expect(await provider.missingPermissions!(signal())).toEqual([]);
  for (const action of ["RunInstances", "CreateTags", "DescribeImages"]) cloud.behaviour.denied.add(`ec2:${action}`);
  expect((await provider.missingPermissions!(signal())).toSorted()).toEqual([
    "ec2:CreateTags",
    "ec2:DescribeImages",
    "ec2:RunInstances",
  ]);
  expect(living(cloud)).toEqual([]);
});

test("prices are the region's own, every page of them, and absent where the key may not read them", async () => {
  cloud.behaviour.pageLimit = 4;
  const home = await freshProvider().prices!("us-east-1", signal());
  const abroad = await freshProvider().prices!("eu-west-1", signal());
  expect(Object.keys(home!.sizes)).toHaveLength(15);
  expect(abroad!.sizes["t3.small"]).toBeGreaterThan(home!.sizes["t3.small"]!);
  expect(abroad!.sizes["p3.2xlarge"]).toBeUndefined();
  cloud.behaviour.denied.add("pricing:GetProducts");
  expect(await freshProvider().prices!("us-east-1", signal())).toBeNull();
});
