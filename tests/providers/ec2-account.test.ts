import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ec2Provider } from "#lib/providers/ec2/ec2.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";

const signal = () => AbortSignal.timeout(15_000);
let cloud: Ec2Emulator;

beforeAll(async () => {
  cloud = await startEc2Emulator({ consistencyLagMs: 0 });
  process.env.CLOUDHERO_EC2_ENDPOINT = cloud.url;
});
beforeEach(() => {
  cloud.faults.clear();
  cloud.behaviour.denied.clear();
});
afterAll(() => cloud.close());

describe("an AWS key", () => {
  test("is verified by the account and user that it is", async () => {
    expect(await ec2Provider(EMULATED_KEY).verify(signal())).toEqual({
      account: "123456789012",
      description: "arn:aws:iam::123456789012:user/emulated",
    });
  });

  test("that is unknown, or has a wrong secret, is unauthorized and not to be retried", async () => {
    const unknown = ec2Provider({ ...EMULATED_KEY, accessKey: "AKIAUNKNOWN000000000" });
    await expect(unknown.verify(signal())).rejects.toMatchObject({ code: "unauthorized", retryable: false });
    const wrong = ec2Provider({ ...EMULATED_KEY, secretKey: "wrong" });
    await expect(wrong.verify(signal())).rejects.toMatchObject({ code: "unauthorized", retryable: false });
    await expect(wrong.metadata(signal())).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("may be a stepping stone to a role, which asks for its external id", async () => {
    const role_arn = "arn:aws:iam::123456789012:role/cloudhero";
    cloud.behaviour.roles.set(role_arn, "ours");
    const identity = await ec2Provider({ ...EMULATED_KEY, role_arn, external_id: "ours" }).verify(signal());
    expect(identity.description).toBe("arn:aws:sts::123456789012:assumed-role/cloudhero/cloudhero");
    const stranger = ec2Provider({ ...EMULATED_KEY, role_arn, external_id: "theirs" });
    await expect(stranger.verify(signal())).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("is not blamed when the cloud is away", async () => {
    const provider = ec2Provider(EMULATED_KEY);
    cloud.faults.inject("GetCallerIdentity", { effect: false, answer: "error" }, 10);
    await expect(provider.verify(signal())).rejects.toMatchObject({ code: "internal", retryable: true });
    cloud.faults.clear();
    cloud.faults.inject("GetCallerIdentity", { effect: false, answer: "drop" }, 10);
    await expect(provider.verify(signal())).rejects.toMatchObject({ code: "unreachable", retryable: true });
  });

  test("outlives one dropped connection", async () => {
    cloud.faults.inject("GetCallerIdentity", { effect: false, answer: "drop" });
    expect((await ec2Provider(EMULATED_KEY).verify(signal())).account).toBe("123456789012");
  });
});

describe("metadata", () => {
  test("has the reference's shape, with every page of every open region", async () => {
    cloud.behaviour.pageLimit = 5;
    const { locations, sizes } = await ec2Provider(EMULATED_KEY).metadata(signal());
    cloud.behaviour.pageLimit = 1_000;
    expect(locations["us-east-1"]).toEqual({
      name: "us-east-1",
      endpoint: "ec2.us-east-1.amazonaws.com",
      available: true,
    });
    expect(locations["af-south-1"]?.available).toBe(false);
    expect(sizes["General Purpose"]?.["m3.large"]).toEqual({
      id: "m3.large",
      cores: "2",
      ram: "7.5 GiB",
      disk: "SSD (1 x 32)",
      architecture: "amd64",
      regions: ["us-east-1"],
    });
    expect(sizes["Storage Optimized"]?.["d2.xlarge"]?.disk).toBe("6144 GiB (3 x 2048 GiB)");
    expect(sizes["General Purpose"]?.["t4g.micro"]?.architecture).toBe("arm64");
    expect(Object.values(sizes).flatMap((family) => Object.keys(family))).toHaveLength(15);
  });

  test("describes sizes that the home region lacks", async () => {
    for (const zone of ["a", "b", "c", "d", "f"]) cloud.behaviour.unsupported.add(`us-east-1${zone}/r5.large`);
    const { sizes } = await ec2Provider(EMULATED_KEY).metadata(signal());
    cloud.behaviour.unsupported.clear();
    expect(sizes["Memory Optimized"]?.["r5.large"]?.regions).toEqual([
      "ap-northeast-1",
      "eu-central-1",
      "eu-west-1",
      "us-east-2",
      "us-west-2",
    ]);
  });

  test("names the permission that a key lacks", async () => {
    cloud.behaviour.denied.add("ec2:DescribeRegions");
    await expect(ec2Provider(EMULATED_KEY).metadata(signal())).rejects.toThrow(/ec2:DescribeRegions/);
  });
});
