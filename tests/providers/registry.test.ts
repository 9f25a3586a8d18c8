import { describe, expect, test } from "vitest";
import { openProvider, providerTypes } from "#lib/providers/registry.ts";

const keys = { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "secret" };

describe("the settings of cloud providers", () => {
  test("of EC2 are texts, as they are stored and answered, and open a provider", () => {
    const full = {
      ...keys,
      disk_gib: "40",
      image: "ubuntu-24.04",
      network: "own",
      role_arn: "arn:aws:iam::123456789012:role/a",
      external_id: "ours",
    };
    expect(providerTypes.ec2.settings.parse(full)).toEqual(full);
    expect(openProvider("ec2", full).traits.launchBatch).toBe(100);
  });

  test.each([
    [{ accessKey: "not a key" }, "accessKey"],
    [{ disk_gib: "7" }, "disk_gib"],
    [{ disk_gib: "4e1" }, "disk_gib"],
    [{ image: "windows" }, "image"],
    [{ subnet: "vpc-1" }, "subnet"],
    [{ role_arn: "role/a" }, "role_arn"],
  ])("of EC2 name the wrong field: %j", (wrong, field) => {
    const parsed = providerTypes.ec2.settings.safeParse({ ...keys, ...wrong });
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  test("secrets of both clouds are sealed", () => {
    expect(providerTypes.ec2.secretFields).toEqual(["secretKey", "session_token"]);
    expect(providerTypes.digital_ocean.secretFields).toEqual(["access_token"]);
  });
});
