import { dockerBacking } from "./backing/backing.ts";
import { EMULATED_TOKEN, startDigitalOceanEmulator } from "./digitalocean/emulator.ts";
import { EMULATED_KEY, startEc2Emulator } from "./ec2/emulator.ts";

/**
 * Starts both practice clouds and says how to point the product at them. Ends with the process. Their servers are
 * containers of the Docker engine at CLOUDHERO_DOCKER_HOST; with `--pretend`, nothing at all.
 */
const backing = process.argv.includes("--pretend") ? undefined : await dockerBacking();
const ec2 = await startEc2Emulator({ port: Number(process.env.EC2_EMULATOR_PORT ?? 0), backing });
const port = Number(process.env.DIGITALOCEAN_EMULATOR_PORT ?? 0);
const digitalOcean = await startDigitalOceanEmulator({ port, backing });

console.log(`Two practice clouds are up; nothing in them is billed. Their servers are ${backing ? "containers on this machine" : "pretended"}. Start the product with:

  CLOUDHERO_EC2_ENDPOINT=${ec2.url}
  CLOUDHERO_DIGITALOCEAN_ENDPOINT=${digitalOcean.url}

EC2 takes     accessKey ${EMULATED_KEY.accessKey}, secretKey ${EMULATED_KEY.secretKey}
DigitalOcean  access_token ${EMULATED_TOKEN}
`);

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, () => {
    Promise.all([ec2.close(), digitalOcean.close()])
      .then(() => backing?.close())
      .finally(() => process.exit(0));
  });
}
