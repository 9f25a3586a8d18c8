import { digitalOceanProvider } from "#lib/providers/digitalocean/digitalocean.ts";
import { settle } from "../emulators/digitalocean/droplets.ts";
import { EMULATED_TOKEN, startDigitalOceanEmulator, stripTags } from "../emulators/digitalocean/emulator.ts";
import { providerContract } from "./contract.ts";

providerContract("digitalocean", async () => {
  const cloud = await startDigitalOceanEmulator({ bootMs: 500, actionMs: 300, perMinute: 5_000 });
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = cloud.url;
  return {
    provider: digitalOceanProvider({ access_token: EMULATED_TOKEN }),
    refused: [{ provider: digitalOceanProvider({ access_token: "wrong" }), code: "unauthorized" }],
    region: "ams3",
    size: "s-1vcpu-1gb",
    boots: false,
    leftovers: async (owner) => {
      settle(cloud.state);
      const ours = (tag: string) => tag.includes(owner.installationId);
      const droplets = [...cloud.state.droplets.values()].filter((one) => one.tags.some(ours)).map((one) => one.name);
      return [...droplets, ...cloud.state.firewalls.keys(), ...[...cloud.state.keys.values()].map((key) => key.name)];
    },
    strip: (id) => stripTags(cloud, id),
    close: cloud.close,
  };
});
