import { describe } from "vitest";
import { digitalOceanProvider } from "#lib/providers/digitalocean/digitalocean.ts";
import { ec2Provider } from "#lib/providers/ec2/ec2.ts";
import { INSTALLATION } from "#lib/providers/ec2/tags.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { dockerBacking } from "../emulators/backing/backing.ts";
import { EMULATED_TOKEN, startDigitalOceanEmulator } from "../emulators/digitalocean/emulator.ts";
import { EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";
import { taggedResources } from "../emulators/ec2/inspect.ts";
import { providerContract } from "./contract.ts";

/** The whole contract on servers that boot: a real cloud-init runs the user data, and real SSH answers. */
describe.runIf(dockerAvailable)("clouds whose servers boot", () => {
  providerContract("ec2", async () => {
    const backing = await dockerBacking();
    const cloud = await startEc2Emulator({ backing });
    process.env.CLOUDHERO_EC2_ENDPOINT = cloud.url;
    return {
      provider: ec2Provider(EMULATED_KEY),
      refused: [{ provider: ec2Provider({ ...EMULATED_KEY, secretKey: "wrong" }), code: "unauthorized" }],
      region: "us-east-1",
      size: "t3.small",
      boots: true,
      leftovers: async (owner) => taggedResources(cloud, INSTALLATION, owner.installationId),
      close: async () => {
        await cloud.close();
        await backing.close();
      },
    };
  });

  providerContract("digitalocean", async () => {
    const backing = await dockerBacking();
    const cloud = await startDigitalOceanEmulator({ backing, perMinute: 5_000 });
    process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = cloud.url;
    return {
      provider: digitalOceanProvider({ access_token: EMULATED_TOKEN }),
      refused: [{ provider: digitalOceanProvider({ access_token: "wrong" }), code: "unauthorized" }],
      region: "fra1",
      size: "s-1vcpu-1gb",
      boots: true,
      leftovers: async () =>
        [...cloud.state.droplets.keys(), ...cloud.state.firewalls.keys(), ...cloud.state.keys.keys()].map(String),
      close: async () => {
        await cloud.close();
        await backing.close();
      },
    };
  });
});
