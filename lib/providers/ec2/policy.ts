import { INSTALLATION } from "./tags.ts";

/** Calls that only read; AWS does not take conditions on most of them. */
const READS = [
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeImages",
  "ec2:DescribeInstances",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeKeyPairs",
  "ec2:DescribeRegions",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVolumes",
  "ec2:DescribeVpcs",
  "pricing:GetProducts",
  "servicequotas:GetAWSDefaultServiceQuota",
  "servicequotas:GetServiceQuota",
  "ssm:GetParameter",
];

/** Calls that make something, which is tagged as ours as it is made. */
const MAKES = ["ec2:CreateSecurityGroup", "ec2:ImportKeyPair", "ec2:RunInstances", "ec2:CreateTags"];

/** Calls that change or remove something; allowed on what carries our tag alone. */
const CHANGES = [
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:DeleteKeyPair",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteVolume",
  "ec2:RevokeSecurityGroupIngress",
  "ec2:StartInstances",
  "ec2:StopInstances",
  "ec2:TerminateInstances",
];

/** Needed only where servers are to have a network of their own. A new VPC's own route table has no tags. */
const NETWORK_MAKES = ["ec2:CreateInternetGateway", "ec2:CreateRoute", "ec2:CreateSubnet", "ec2:CreateVpc"];
const NETWORK_CHANGES = [
  "ec2:AttachInternetGateway",
  "ec2:DeleteInternetGateway",
  "ec2:DeleteSubnet",
  "ec2:DeleteVpc",
  "ec2:DetachInternetGateway",
];

/** The least that a key must be allowed, as an IAM policy document. GetCallerIdentity needs no permission. */
export function ec2Policy({ ownNetwork, roleArn }: { ownNetwork: boolean; roleArn?: string | undefined }) {
  const ours = { StringLike: { [`aws:ResourceTag/${INSTALLATION}`]: "*" } };
  const makes = [...MAKES, ...(ownNetwork ? NETWORK_MAKES : [])];
  const changes = [...CHANGES, ...(ownNetwork ? NETWORK_CHANGES : [])];
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "CloudHeroReads", Effect: "Allow", Action: READS, Resource: "*" },
      { Sid: "CloudHeroMakes", Effect: "Allow", Action: makes, Resource: "*" },
      { Sid: "CloudHeroChangesItsOwn", Effect: "Allow", Action: changes, Resource: "*", Condition: ours },
      ...(roleArn ? [{ Sid: "CloudHeroRole", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: roleArn }] : []),
    ],
  };
}
