import { Container } from "lucide-react";
import { OfferCard } from "./offer-card.tsx";

/** This machine's own Docker engine, added with one click. */
export function DockerOffer({ host, accept }: { host: string; accept: () => Promise<string | undefined> }) {
  return (
    <OfferCard
      icon={<Container className="size-5" aria-hidden />}
      title="Docker runs on this machine"
      button="Use this engine"
      accept={accept}
    >
      Make the engine at {host} a provider: its servers are containers, up in seconds, and cost nothing.
    </OfferCard>
  );
}
