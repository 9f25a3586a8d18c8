import { vault } from "#lib/vault.ts";
import type { Provider, ProviderType } from "./provider.ts";
import { openProvider, providerTypes } from "./registry.ts";

/** A provider as it is kept: readable settings, and the secret ones sealed. */
export type SealedProvider = { id: string; type: ProviderType; settings: Record<string, string>; secrets: string };

/** Where a provider's secret settings are sealed. */
export const secretsPlace = (id: string) => `providers/${id}/secrets`;

/** Parts settings into those that may be read and those that are sealed for the provider `id`. */
export function sealSettings(id: string, type: ProviderType, settings: Record<string, string>) {
  const secret = new Set<string>(providerTypes[type].secretFields);
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(settings).filter(([key]) => secret.has(key) === wanted));
  return { settings: part(false), secrets: vault().seal(JSON.stringify(part(true)), secretsPlace(id)) };
}

export function openSecrets(sealed: SealedProvider): Record<string, string> {
  return JSON.parse(vault().open(sealed.secrets, secretsPlace(sealed.id)));
}

/** The cloud that was kept. */
export function cloudOf(sealed: SealedProvider): Provider {
  return openProvider(sealed.type, { ...sealed.settings, ...openSecrets(sealed) });
}
