import { z } from "zod";
import { imageNames, networkChoices } from "#lib/model/launch.ts";
import { digitalOceanProvider } from "./digitalocean/digitalocean.ts";
import { SCOPES_NEEDED } from "./digitalocean/scopes.ts";
import { dockerProvider } from "./docker/docker.ts";
import { ec2Provider } from "./ec2/ec2.ts";
import { ec2Policy } from "./ec2/policy.ts";
import { type Provider, ProviderError, type ProviderType } from "./provider.ts";

/** How a type's decrypted settings look, and how they become a provider. */
export type ProviderKind<S extends z.ZodObject = z.ZodObject> = {
  settings: S;
  /** Those of the settings that are sealed at rest and masked in answers. */
  secretFields: readonly (keyof z.output<S> & string)[];
  /** The field that a failed verification is about. */
  blame: keyof z.output<S> & string;
  /** What an identity's account is, for people. */
  account: string;
  open(settings: z.output<S>): Provider;
  /** The least that credentials must be allowed, in the cloud's own form; absent where there is nothing to allow. */
  policy?(options: PolicyOptions): object;
};

/** What the credentials are for: environments with networks of their own; a role that they assume. */
export type PolicyOptions = { ownNetwork: boolean; roleArn?: string | undefined };

const kind = <S extends z.ZodObject>(kind: ProviderKind<S>) => kind;

const docker = kind({
  settings: z.object({
    host: z.string().max(300),
    ca: z.string().max(100_000).optional(),
    cert: z.string().max(100_000).optional(),
    key: z.string().max(100_000).optional(),
    /** Who named the host; whatever is stored without it is a tenant's. */
    origin: z.enum(["ours", "tenant"]).default("tenant"),
  }),
  secretFields: ["key"],
  blame: "host",
  account: "Docker engine",
  open: dockerProvider,
});

const image = z.enum(imageNames).optional();
/** The account is a practice cloud's; never of a request's own saying. */
const practice = z.literal("yes").optional();

const ec2 = kind({
  settings: z.object({
    // Whether a key is one is for the cloud to say; this much fits in a header.
    accessKey: z
      .string()
      .regex(/^[\x21-\x7e]{1,128}$/, "has 1 to 128 visible ASCII characters")
      .optional(),
    secretKey: z.string().min(1).max(200).optional(),
    /** The role is assumed from CloudHero's own identity; never of a request's own saying. */
    identity: z.literal("machine").optional(),
    practice,
    session_token: z.string().max(8_000).optional(),
    role_arn: z
      .string()
      .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "is not the ARN of a role")
      .optional(),
    external_id: z.string().min(2).max(1_224).optional(),
    subnet: z
      .string()
      .regex(/^subnet-[0-9a-f]+$/, "is not the id of a subnet")
      .optional(),
    network: z.enum(networkChoices).optional(),
    image,
    disk_gib: z
      .string()
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 8 && Number(text) <= 16_384, "is 8 to 16384")
      .optional(),
  }),
  secretFields: ["secretKey", "session_token"],
  blame: "accessKey",
  account: "AWS account",
  open({ disk_gib, practice, identity, ...rest }) {
    const { accessKey, secretKey } = identity ? {} : rest;
    if (!identity && !(accessKey && secretKey))
      throw new ProviderError("invalid", "accessKey and secretKey are needed.");
    return ec2Provider({
      ...rest,
      accessKey,
      secretKey,
      practice: !!practice,
      disk_gib: disk_gib ? Number(disk_gib) : undefined,
    });
  },
  policy: ec2Policy,
});

const digital_ocean = kind({
  settings: z.object({ access_token: z.string().min(1).max(200), image, practice }),
  secretFields: ["access_token"],
  blame: "access_token",
  account: "DigitalOcean account",
  open: ({ practice, ...rest }) => digitalOceanProvider({ ...rest, practice: !!practice }),
  policy: () => ({ scopes: SCOPES_NEEDED }),
});

export const providerTypes: Record<ProviderType, ProviderKind> = { docker, ec2, digital_ocean };

/** Opens no connection. Throws ProviderError "invalid" for settings that are not of the type's shape. */
export function openProvider(type: ProviderType, settings: unknown): Provider {
  const known = providerTypes[type] as ProviderKind | undefined;
  if (!known) throw new ProviderError("invalid", `There is no provider type ${type}.`);
  const parsed = known.settings.safeParse(settings);
  if (!parsed.success) throw new ProviderError("invalid", z.prettifyError(parsed.error), { cause: parsed.error });
  return known.open(parsed.data);
}
