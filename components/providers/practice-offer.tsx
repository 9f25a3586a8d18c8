import type { ProviderType } from "#lib/providers/provider.ts";
import { OfferCard } from "./offer-card.tsx";
import { ProviderIcon, providerTitle } from "./provider-type.tsx";

/** A practice cloud that runs on this machine, added with one click. */
export function PracticeOffer({ type, accept }: { type: ProviderType; accept: () => Promise<string | undefined> }) {
  return (
    <OfferCard
      icon={<ProviderIcon type={type} className="size-5" />}
      title={`Practice cloud (simulated): ${providerTitle(type)}`}
      button={`Practise on ${providerTitle(type)}`}
      accept={accept}
    >
      It behaves as the real one does, with its waits, limits and prices. No account is needed, and nothing is billed.
    </OfferCard>
  );
}
