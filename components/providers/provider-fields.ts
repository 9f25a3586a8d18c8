import type { ProviderType } from "#lib/providers/provider.ts";

export type ProviderField = {
  name: string;
  label: string;
  hint?: string;
  placeholder?: string;
  secret?: boolean;
  /** PEM, and the like. */
  lines?: boolean;
  /** Asked for only where the host is not a local socket. */
  remote?: boolean;
  /** Few need it: it is asked for under "More". */
  rare?: boolean;
  /** What may be chosen, value and title; the first is the usual. */
  choices?: readonly (readonly [value: string, title: string])[];
};

const image: ProviderField = {
  name: "image",
  label: "Image",
  rare: true,
  hint: "What servers start from, where an environment does not say.",
  choices: [
    ["", "Debian 12"],
    ["ubuntu-24.04", "Ubuntu 24.04"],
  ],
};

/** What a provider of each type is asked for, in the API's own words. */
export const providerFields: Record<ProviderType, readonly ProviderField[]> = {
  docker: [
    {
      name: "host",
      label: "Host",
      placeholder: "tcp://203.0.113.7:2376",
      hint: "tcp:// with client certificates; unix:///var/run/docker.sock is this machine's own engine.",
    },
    { name: "ca", label: "CA certificate (ca.pem)", lines: true, remote: true },
    { name: "cert", label: "Client certificate (cert.pem)", lines: true, remote: true },
    { name: "key", label: "Client key (key.pem)", lines: true, remote: true, secret: true },
  ],
  ec2: [
    { name: "accessKey", label: "Access key ID", placeholder: "AKIA…" },
    { name: "secretKey", label: "Secret access key", secret: true, hint: "Kept encrypted; never shown again." },
    { name: "session_token", label: "Session token", secret: true, rare: true, hint: "Only for keys that end." },
    { name: "role_arn", label: "Role to assume", placeholder: "arn:aws:iam::123456789012:role/cloudhero", rare: true },
    image,
    {
      name: "network",
      label: "Network",
      rare: true,
      hint: "Where servers are placed, where an environment does not say.",
      choices: [
        ["", "The region’s default"],
        ["own", "One of its own for each environment"],
      ],
    },
    { name: "disk_gib", label: "Disk in GiB", placeholder: "20", rare: true },
  ],
  digital_ocean: [
    {
      name: "access_token",
      label: "Access token",
      placeholder: "dop_v1_…",
      secret: true,
      hint: "With read and write scope. Kept encrypted; never shown again.",
    },
    image,
  ],
};

/** Names of the fields that must not be sent back to a browser. */
export const secretFields: readonly string[] = Object.values(providerFields)
  .flat()
  .filter(({ secret }) => secret)
  .map(({ name }) => name);
