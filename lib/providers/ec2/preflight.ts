import * as ec2 from "@aws-sdk/client-ec2";
import { inParallel } from "../parallel.ts";
import { ask, type Ec2Session } from "./client.ts";
import { awsCode } from "./errors.ts";

const AT_ONCE = 4;
const DryRun = true;
const Resources = ["i-0123456789abcdef0"];

type Send = (client: ec2.EC2Client, options: { abortSignal: AbortSignal }) => Promise<unknown>;

const CHECKS: Record<string, Send> = {
  "ec2:DescribeInstances": (client, options) =>
    client.send(new ec2.DescribeInstancesCommand({ DryRun, MaxResults: 5 }), options),
  "ec2:DescribeImages": (client, options) =>
    client.send(new ec2.DescribeImagesCommand({ DryRun, Owners: ["self"] }), options),
  "ec2:DescribeInstanceTypes": (client, options) =>
    client.send(new ec2.DescribeInstanceTypesCommand({ DryRun }), options),
  "ec2:DescribeInstanceTypeOfferings": (client, options) =>
    client.send(new ec2.DescribeInstanceTypeOfferingsCommand({ DryRun }), options),
  "ec2:DescribeKeyPairs": (client, options) => client.send(new ec2.DescribeKeyPairsCommand({ DryRun }), options),
  "ec2:DescribeRegions": (client, options) => client.send(new ec2.DescribeRegionsCommand({ DryRun }), options),
  "ec2:DescribeSecurityGroups": (client, options) =>
    client.send(new ec2.DescribeSecurityGroupsCommand({ DryRun, MaxResults: 5 }), options),
  "ec2:DescribeSubnets": (client, options) => client.send(new ec2.DescribeSubnetsCommand({ DryRun }), options),
  "ec2:DescribeVolumes": (client, options) =>
    client.send(new ec2.DescribeVolumesCommand({ DryRun, MaxResults: 5 }), options),
  "ec2:DescribeVpcs": (client, options) => client.send(new ec2.DescribeVpcsCommand({ DryRun }), options),
  "ec2:RunInstances": (client, options) =>
    client.send(
      new ec2.RunInstancesCommand({
        DryRun,
        MinCount: 1,
        MaxCount: 1,
        ImageId: "ami-0123456789abcdef0",
        InstanceType: "t3.micro",
      }),
      options,
    ),
  "ec2:CreateTags": (client, options) =>
    client.send(new ec2.CreateTagsCommand({ DryRun, Resources, Tags: [{ Key: "Name", Value: "preflight" }] }), options),
  "ec2:CreateSecurityGroup": (client, options) =>
    client.send(
      new ec2.CreateSecurityGroupCommand({ DryRun, GroupName: "cloudhero-preflight", Description: "never made" }),
      options,
    ),
  "ec2:ImportKeyPair": (client, options) =>
    client.send(
      new ec2.ImportKeyPairCommand({
        DryRun,
        KeyName: "cloudhero-preflight",
        PublicKeyMaterial: Buffer.from("ssh-ed25519 AAAA"),
      }),
      options,
    ),
};

/**
 * The permissions that the key lacks in a region, found by dry runs that change nothing. Those that our policy grants
 * for tagged resources alone are not tried: on a made-up resource AWS refuses them to the rightest key. An answer that
 * is no refusal counts as passed, since AWS may look at a made-up resource before it looks at permissions.
 */
export async function missingPermissions(session: Ec2Session, region: string, signal: AbortSignal): Promise<string[]> {
  const client = session.ec2(region);
  const verdicts = await inParallel(Object.entries(CHECKS), AT_ONCE, async ([permission, send]) => {
    try {
      await ask(signal, (options) => send(client, options));
      return null;
    } catch (error) {
      const code = awsCode(error);
      if (code === "UnauthorizedOperation") return permission;
      if (code === "AuthFailure") throw error;
      return null;
    }
  });
  return verdicts.filter((permission) => permission !== null);
}
