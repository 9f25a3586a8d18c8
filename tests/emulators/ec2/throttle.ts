import { TokenBucket } from "../bucket.ts";
import type { Region } from "./world.ts";

// Sizes and refill rates per account and region, each call evaluated by itself:
// https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
type Size = [capacity: number, perSecond: number];
const NON_MUTATING: Size = [100, 20];
const UNFILTERED: Size = [50, 10];
const MUTATING: Size = [50, 5];
const RESOURCE_INTENSIVE: Size = [50, 5];
const OWN: Record<string, Size> = {
  CreateTags: [100, 10],
  DeleteTags: [100, 10],
  DeleteVolume: [100, 5],
  RunInstances: [5, 2],
  StartInstances: [5, 2],
  TerminateInstances: [100, 5],
};
const INTENSIVE = new Set(["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "CreateKeyPair"]);
const UNFILTERED_ACTIONS = new Set([
  "DescribeInstances",
  "DescribeInstanceStatus",
  "DescribeNetworkInterfaces",
  "DescribeSecurityGroups",
  "DescribeSnapshots",
  "DescribeVolumes",
]);
const RESOURCES: Record<string, Size> = {
  RunInstances: [1000, 2],
  TerminateInstances: [1000, 20],
  StartInstances: [1000, 2],
  StopInstances: [1000, 20],
};

/** Takes one request token; false means RequestLimitExceeded. */
export function takeRequest(region: Region, action: string, input: Record<string, unknown>, now: number): boolean {
  const narrowed = ["Filters", "MaxResults", "NextToken"].some((name) => input[name] !== undefined);
  const unfiltered = UNFILTERED_ACTIONS.has(action) && !narrowed;
  return bucketOf(region, unfiltered ? `${action} unfiltered` : action, sizeOf(action, unfiltered), now).take(now);
}

/** Takes a token per server that the call touches, where AWS counts those too. */
export function takeResources(region: Region, action: string, count: number, now: number): boolean {
  const size = RESOURCES[action];
  return !size || bucketOf(region, `${action} resources`, size, now).take(now, count);
}

function sizeOf(action: string, unfiltered: boolean): Size {
  if (OWN[action]) return OWN[action];
  if (unfiltered) return UNFILTERED;
  if (/^(Describe|List|Search|Get)/.test(action)) return NON_MUTATING;
  return INTENSIVE.has(action) ? RESOURCE_INTENSIVE : MUTATING;
}

function bucketOf(region: Region, name: string, [capacity, perSecond]: Size, now: number): TokenBucket {
  const known = region.buckets.get(name);
  if (known) return known;
  const bucket = new TokenBucket(capacity, perSecond, now);
  region.buckets.set(name, bucket);
  return bucket;
}
