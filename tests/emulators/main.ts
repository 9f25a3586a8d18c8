import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { config } from "#lib/config.ts";
import { type PracticeClouds, practiceFile } from "#lib/practice.ts";
import { dockerBacking } from "./backing/backing.ts";
import { EMULATED_TOKEN, startDigitalOceanEmulator } from "./digitalocean/emulator.ts";
import { EMULATED_KEY, startEc2Emulator } from "./ec2/emulator.ts";

/**
 * Starts both practice clouds, and tells the CloudHero on the same data folder. They end with the process. Their servers are
 * containers of the Docker engine at CLOUDHERO_DOCKER_HOST; with `--pretend`, nothing at all.
 */
const backing = process.argv.includes("--pretend") ? undefined : await dockerBacking();
const ec2 = await startEc2Emulator({ port: Number(process.env.EC2_EMULATOR_PORT ?? 0), backing });
const port = Number(process.env.DIGITALOCEAN_EMULATOR_PORT ?? 0);
const digitalOcean = await startDigitalOceanEmulator({ port, backing });

const clouds: PracticeClouds = {
  backed: backing !== undefined,
  clouds: {
    ec2: { endpoint: ec2.url, settings: EMULATED_KEY },
    digital_ocean: { endpoint: digitalOcean.url, settings: { access_token: EMULATED_TOKEN } },
  },
};
mkdirSync(dirname(practiceFile()), { recursive: true, mode: 0o700 });
writeFileSync(practiceFile(), JSON.stringify(clouds, null, 2), { mode: 0o600 });

console.log(`Two practice clouds are up; nothing in them is billed, and their servers are ${backing ? "containers on this machine" : "pretended: none is ever reached"}.
The dashboard of a CloudHero on ${config().dataDir} offers them under Providers, until this ends. For a script:

  {"cloud_provider": "ec2", "provider_name": "practice", "practice": true}

They are Amazon EC2 at ${ec2.url} (accessKey ${EMULATED_KEY.accessKey}, secretKey ${EMULATED_KEY.secretKey})
and DigitalOcean at ${digitalOcean.url} (access_token ${EMULATED_TOKEN}).
`);

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, () => {
    rmSync(practiceFile(), { force: true });
    Promise.all([ec2.close(), digitalOcean.close()])
      .then(() => backing?.close())
      .finally(() => process.exit(0));
  });
}
