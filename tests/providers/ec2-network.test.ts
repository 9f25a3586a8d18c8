import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keyName } from "#lib/providers/ec2/key.ts";
import { regionOf } from "../emulators/ec2/build-region.ts";
import type { Ec2Emulator } from "../emulators/ec2/emulator.ts";
import { resource } from "../emulators/ec2/world.ts";
import {
  doom,
  environmentIn,
  errorsOf,
  freshProvider,
  idsOf,
  key,
  living,
  prepared,
  quietly,
  signal,
  specsFor,
  startCloud,
} from "./ec2-bench.ts";
import { eventually, keyPair } from "./fixtures.ts";

let cloud: Ec2Emulator;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

const region = () => regionOf(cloud.state, cloud.state.accounts[0]!, "eu-west-1");

describe("ec2 pitfall 4: networks", () => {
  test("an account without a default VPC is told what to do, and its own network works", async () => {
    cloud.behaviour.defaultVpc = false;
    const environment = environmentIn("eu-west-1");
    const refused = freshProvider().prepare(environment, quietly, signal());
    await expect(refused).rejects.toThrow(/no default VPC in eu-west-1: name a subnet, or choose network "own"/);
    const provider = freshProvider({ network: "own" });
    await provider.prepare(environment, quietly, signal());
    const launched = await provider.launch(environment, specsFor(environment, 2), signal());
    expect(errorsOf(launched)).toEqual([]);
    await provider.destroy("eu-west-1", doom(idsOf(launched)), signal());
    await eventually(() => provider.release(environment, signal()), Boolean);
    expect([...region().vpcs.values(), ...region().subnets.values(), ...region().gateways.values()]).toEqual([]);
  });

  test("a given subnet decides the zone, and its servers get a public address where it gives none", async () => {
    const subnet = [...region().subnets.values()].find((one) => one.zone === "eu-west-1c")!;
    subnet.mapPublicIp = false;
    const provider = freshProvider({ subnet: subnet.id });
    const environment = await prepared(provider);
    await provider.launch(environment, specsFor(environment, 1), signal());
    expect(living(cloud)[0]).toMatchObject({
      subnet: { zone: "eu-west-1c" },
      publicIp: expect.stringMatching(/^127\./),
    });
  });

  test("a given subnet without an internet gateway, or of another region, is refused with the reason", async () => {
    const subnet = [...region().subnets.values()][0]!;
    const routes = [{ destination: "172.31.0.0/16", gatewayId: "local" }];
    const table = { ...resource(cloud.state, "rtb"), vpcId: subnet.vpcId, main: false, subnetIds: [subnet.id], routes };
    region().routeTables.set(table.id, table);
    const provider = freshProvider({ subnet: subnet.id });
    await expect(prepared(provider)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/internet gateway/),
    });
    await expect(prepared(provider, "us-west-2")).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/no subnet/),
    });
  });
});

describe("ec2 pitfall 7: key pairs", () => {
  test("are regional, and a repeated or a racing import of the same key is no error", async () => {
    const environment = environmentIn("eu-west-1");
    cloud.behaviour.consistencyLagMs = 300;
    const providers = [freshProvider(), freshProvider(), freshProvider()];
    await Promise.all(providers.map((provider) => provider.prepare(environment, quietly, signal())));
    expect([...region().keyPairs.values()].map((pair) => pair.name)).toEqual([keyName(environment)]);
    const elsewhere = { ...environment, region: "us-west-2" };
    await freshProvider().prepare(elsewhere, quietly, signal());
    expect(regionOf(cloud.state, cloud.state.accounts[0]!, "us-west-2").keyPairs.size).toBe(1);
  });

  test("a stranger's of the same name is neither used nor deleted; one of ours is replaced", async () => {
    const environment = environmentIn("eu-west-1");
    const theirs = { ...resource(cloud.state, "key"), name: keyName(environment), publicKey: keyPair().publicKey };
    region().keyPairs.set(theirs.id, theirs);
    await expect(freshProvider().prepare(environment, quietly, signal())).rejects.toMatchObject({ code: "conflict" });
    expect(region().keyPairs.get(theirs.id)).toBe(theirs);
    region().keyPairs.clear();
    await freshProvider().prepare({ ...environment, publicKey: keyPair().publicKey }, quietly, signal());
    await freshProvider().prepare(environment, quietly, signal());
    const blobs = [...region().keyPairs.values()].map((pair) => pair.publicKey.split(" ")[1]);
    expect(blobs).toEqual([key.publicKey.split(" ")[1]]);
  });
});

describe("ec2 pitfall 8: security groups", () => {
  test("made by many at once, seen late: one group, with just the wanted rules", async () => {
    const environment = {
      ...environmentIn("eu-west-1"),
      ingress: [
        { port: 80, cidr: "0.0.0.0/0" },
        { port: 22, cidr: "198.51.100.7/32" },
      ],
    };
    cloud.behaviour.consistencyLagMs = 500;
    const providers = Array.from({ length: 4 }, () => freshProvider());
    await Promise.all(providers.map((provider) => provider.prepare(environment, quietly, signal())));
    const groups = [...region().groups.values()].filter((group) => group.name !== "default");
    expect(groups).toHaveLength(1);
    const rules = groups[0]!.rules.map((rule) => [
      rule.FromPort,
      rule.IpRanges?.[0]?.CidrIp ?? rule.UserIdGroupPairs?.[0]?.GroupId,
    ]);
    expect(rules.toSorted()).toEqual(
      [
        [22, "198.51.100.7/32"],
        [80, "0.0.0.0/0"],
        [undefined, groups[0]!.id],
      ].toSorted(),
    );
  });

  test("prepared again with another ingress, the group is brought to it", async () => {
    const provider = freshProvider();
    const environment = {
      ...environmentIn("eu-west-1"),
      ingress: [
        { port: 80, cidr: "0.0.0.0/0" },
        { port: 443, cidr: "::/0" },
      ],
    };
    await provider.prepare(environment, quietly, signal());
    await provider.prepare({ ...environment, ingress: [{ port: 443, cidr: "10.0.0.0/8" }] }, quietly, signal());
    const [group] = [...region().groups.values()].filter((one) => one.name !== "default");
    const open = group!.rules.map(
      (rule) => `${rule.FromPort} ${rule.IpRanges?.[0]?.CidrIp ?? rule.Ipv6Ranges?.[0]?.CidrIpv6 ?? "own"}`,
    );
    expect(open.toSorted()).toEqual(["22 0.0.0.0/0", "443 10.0.0.0/8", "undefined own"]);
  });

  test("one of the same name in another VPC is not ours, and stays", async () => {
    const environment = environmentIn("eu-west-1");
    const vpc = { ...resource(cloud.state, "vpc"), cidr: "10.9.0.0/16", isDefault: false };
    region().vpcs.set(vpc.id, vpc);
    const theirs = {
      ...resource(cloud.state, "sg"),
      name: `cloudhero-${environment.id}`,
      description: "",
      vpcId: vpc.id,
      rules: [],
    };
    region().groups.set(theirs.id, theirs);
    const provider = freshProvider();
    await provider.prepare(environment, quietly, signal());
    const launched = await provider.launch(environment, specsFor(environment, 1), signal());
    expect(errorsOf(launched)).toEqual([]);
    expect(living(cloud)[0]!.groupIds).not.toContain(theirs.id);
    await provider.destroy("eu-west-1", doom(idsOf(launched)), signal());
    expect(await provider.release(environment, signal())).toBe(true);
    expect(region().groups.get(theirs.id)).toBe(theirs);
  });

  test("one that a dying server still holds is released later", async () => {
    cloud.behaviour.terminateMs = 400;
    const provider = freshProvider();
    const environment = await prepared(provider);
    const ids = idsOf(await provider.launch(environment, specsFor(environment, 1), signal()));
    await provider.destroy("eu-west-1", doom(ids), signal());
    expect(await provider.release(environment, signal())).toBe(false);
    await eventually(() => provider.release(environment, signal()), Boolean);
    expect([...region().groups.values()].map((group) => group.name)).toEqual(["default"]);
  });

  test("a group that something of somebody else's uses makes release wait, not fail", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    await provider.launch(environment, specsFor(environment, 1), signal());
    const [instance] = living(cloud);
    for (const tag of [...instance!.tags.keys()]) instance!.tags.delete(tag);
    expect(await provider.release(environment, signal())).toBe(false);
  });
});
