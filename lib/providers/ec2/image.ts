import { DescribeImagesCommand, type DescribeImagesRequest, type Image } from "@aws-sdk/client-ec2";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import type { ImageName } from "#lib/model/launch.ts";
import { ProviderError } from "../provider.ts";
import { ask, type Ec2Session, remember } from "./client.ts";
import { awsCode } from "./errors.ts";

const TTL_MS = 60 * 60_000;

type Architecture = "amd64" | "arm64";
type Publisher = {
  owner: string;
  parameter(architecture: Architecture): string;
  name(architecture: Architecture): string;
};

// https://wiki.debian.org/Cloud/AmazonEC2Image/Bookworm and https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
const PUBLISHERS: Record<ImageName, Publisher> = {
  "debian-12": {
    owner: "136693071363",
    parameter: (architecture) => `/aws/service/debian/release/12/latest/${architecture}`,
    name: (architecture) => `debian-12-${architecture}-*`,
  },
  "ubuntu-24.04": {
    owner: "099720109477",
    parameter: (architecture) =>
      `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`,
    name: (architecture) => `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-${architecture}-server-*`,
  },
};

export type FoundImage = { id: string; rootDevice: string };

/** The newest image of that name (or the very image, for an "ami-…") in a region for an architecture, and its root device. */
export function findImage(
  session: Ec2Session,
  region: string,
  name: string,
  architecture: Architecture,
  signal: AbortSignal,
) {
  return remember(session, `image ${region} ${name} ${architecture}`, TTL_MS, async (): Promise<FoundImage> => {
    const image = await lookUp(session, region, name, architecture, signal);
    if (!image?.ImageId) {
      throw new ProviderError("invalid", `There is no image ${name} for ${architecture} in ${region}.`);
    }
    const wanted = architecture === "amd64" ? "x86_64" : "arm64";
    if (image.Architecture !== wanted) {
      throw new ProviderError("invalid", `The image ${name} is for ${image.Architecture}, the size for ${wanted}.`);
    }
    return { id: image.ImageId, rootDevice: image.RootDeviceName ?? "/dev/sda1" };
  });
}

async function lookUp(
  session: Ec2Session,
  region: string,
  name: string,
  architecture: Architecture,
  signal: AbortSignal,
): Promise<Image | undefined> {
  if (name.startsWith("ami-")) return (await images(session, region, { ImageIds: [name] }, signal))[0];
  const publisher = PUBLISHERS[name as ImageName];
  if (!publisher)
    throw new ProviderError("invalid", `Unknown image ${name}; there are ${Object.keys(PUBLISHERS).join(", ")}.`);
  const id = await parameterValue(session, region, publisher.parameter(architecture), signal);
  if (id) return (await images(session, region, { ImageIds: [id] }, signal))[0];
  const query: DescribeImagesRequest = {
    Owners: [publisher.owner],
    Filters: [
      { Name: "name", Values: [publisher.name(architecture)] },
      { Name: "state", Values: ["available"] },
    ],
  };
  const all = await images(session, region, query, signal);
  return all.toSorted((a, b) => (b.CreationDate ?? "").localeCompare(a.CreationDate ?? ""))[0];
}

/** The publisher's parameter; null where there is none or the key may not read it, and the images are to be listed. */
async function parameterValue(
  session: Ec2Session,
  region: string,
  Name: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const answer = await ask(signal, (options) => session.ssm(region).send(new GetParameterCommand({ Name }), options));
    return answer.Parameter?.Value ?? null;
  } catch (error) {
    if (["ParameterNotFound", "AccessDeniedException"].includes(awsCode(error))) return null;
    throw error;
  }
}

async function images(
  session: Ec2Session,
  region: string,
  query: DescribeImagesRequest,
  signal: AbortSignal,
): Promise<Image[]> {
  const answer = await ask(signal, (options) => session.ec2(region).send(new DescribeImagesCommand(query), options));
  return answer.Images ?? [];
}
