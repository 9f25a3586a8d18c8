import { ec2Provider } from "#lib/providers/ec2/ec2.ts";
import { INSTALLATION } from "#lib/providers/ec2/tags.ts";
import { EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";
import { stripTags, taggedResources } from "../emulators/ec2/inspect.ts";
import { providerContract } from "./contract.ts";

for (const network of ["default", "own"] as const) {
  providerContract(`ec2 with its ${network} network`, async () => {
    const cloud = await startEc2Emulator({ bootMs: 500, stopMs: 400, terminateMs: 400 });
    process.env.CLOUDHERO_EC2_ENDPOINT = cloud.url;
    return {
      provider: ec2Provider({ ...EMULATED_KEY, network }),
      refused: [{ provider: ec2Provider({ ...EMULATED_KEY, secretKey: "wrong" }), code: "unauthorized" }],
      region: "eu-west-1",
      size: "t3.small",
      boots: false,
      leftovers: async (owner) => taggedResources(cloud, INSTALLATION, owner.installationId),
      strip: (id) => stripTags(cloud, id),
      close: cloud.close,
    };
  });
}
