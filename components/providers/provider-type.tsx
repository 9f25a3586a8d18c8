import { Cloud, Container, Droplets } from "lucide-react";
import type { ProviderType } from "#lib/providers/provider.ts";

const types = {
  docker: { title: "Docker", Icon: Container },
  ec2: { title: "Amazon EC2", Icon: Cloud },
  digital_ocean: { title: "DigitalOcean", Icon: Droplets },
} as const satisfies Record<ProviderType, unknown>;

/** What people call a provider's type. */
export const providerTitle = (type: ProviderType) => types[type].title;

export function ProviderIcon({ type, className = "size-4" }: { type: ProviderType; className?: string }) {
  const { Icon } = types[type];
  return <Icon className={className} aria-hidden />;
}
