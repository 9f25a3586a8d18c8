import { catalogueOf, findPackage, nearestPackage } from "#lib/bootstrap/catalogue.ts";
import { AppError, type Problem } from "#lib/errors.ts";
import type { ImageName, LaunchChoices } from "#lib/model/launch.ts";
import type { NodeWish } from "#lib/model/wishes.ts";
import type { Metadata, ProviderTraits, Size } from "#lib/providers/provider.ts";

/** A wish's nodes with canonical package names, held against what the provider has; throws "invalid" naming each field. */
export function checkNodes(metadata: Metadata, region: string, image: ImageName, wished: NodeWish[]): NodeWish[] {
  const problems: Problem[] = [];
  const sizes = sizesIn(metadata, region);
  const known = new Set<string>(catalogueOf(image).map(({ name }) => name));
  const checked = wished.map((node, index) => {
    const size = checkSize(sizes, node.size, region);
    if (size) problems.push({ code: "invalid", field: `nodes[${index}].size`, message: size });
    const packages = node.packages.map((typed, place) => {
      const found = findPackage(typed);
      const message = packageProblem(typed, found?.name, known, image);
      if (message) problems.push({ code: "invalid", field: `nodes[${index}].packages[${place}]`, message });
      return found?.name ?? typed;
    });
    return { ...node, packages: [...new Set(packages)] };
  });
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems: problems.slice(0, 50) });
  return checked;
}

/** Throws "invalid" with the allowed values for a region that the provider lacks. */
export function checkRegion(metadata: Metadata, region: string): void {
  if (metadata.locations[region]?.available) return;
  const allowed = Object.entries(metadata.locations).filter(([, { available }]) => available);
  const names = allowed.map(([name]) => name).join(", ");
  throw new AppError("invalid", `There is no region ${region}; there are: ${names}.`, { field: "region" });
}

/** The sizes that can be had in a region, by id. */
export function sizesIn(metadata: Metadata, region: string): Map<string, Size> {
  const all = Object.values(metadata.sizes).flatMap((family) => Object.values(family));
  return new Map(all.filter(({ regions }) => !regions || regions.includes(region)).map((size) => [size.id, size]));
}

function checkSize(sizes: Map<string, Size>, size: string, region: string): string | null {
  if (sizes.has(size)) return null;
  const some = [...sizes.keys()].slice(0, 20).join(", ");
  return `There is no size ${size} in ${region}; there are: ${some}${sizes.size > 20 ? ", …" : ""}.`;
}

function packageProblem(typed: string, name: string | undefined, known: Set<string>, image: ImageName): string | null {
  if (!name) return `There is no package ${typed}; did you mean ${nearestPackage(typed)}?`;
  return known.has(name) ? null : `${image} does not have the package ${name}.`;
}

/** Throws "invalid" naming the field of a choice that the provider does not take, with what it takes. */
export function checkChoices(traits: ProviderTraits, choices: LaunchChoices): void {
  const [found] = choiceProblems(traits, choices);
  if (found) throw new AppError("invalid", found[1], { field: found[0] });
}

function choiceProblems(
  { images, takesNetwork, diskGib: disk }: ProviderTraits,
  { image, network, subnet, diskGib }: LaunchChoices,
): [field: string, message: string][] {
  const problems: [wrong: unknown, field: string, message: string][] = [
    [image && !images.includes(image), "image", `This provider has no image ${image}; it has: ${images.join(", ")}.`],
    [network && !takesNetwork, "network", "This provider's servers have no choice of network."],
    [subnet && !takesNetwork, "subnet", "This provider's servers have no choice of subnet."],
    [network && subnet, "subnet", "A subnet is of a network that is there: leave out network or subnet."],
    [diskGib && !disk, "disk_gib", "This provider's disks come with the size of the server."],
    [
      diskGib !== undefined && disk && (diskGib < disk.least || diskGib > disk.most),
      "disk_gib",
      `A disk has ${disk?.least} to ${disk?.most} GiB.`,
    ],
  ];
  return problems.filter(([wrong]) => wrong).map(([, field, message]) => [field, message]);
}
