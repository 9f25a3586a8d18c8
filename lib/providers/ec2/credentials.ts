import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Ec2Settings } from "./settings.ts";

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date };

const EARLY_MS = 5 * 60_000;

/** Credentials of the settings' role, assumed when first needed and again five minutes before they end. */
export function assumedCredentials(sts: STSClient, settings: Ec2Settings): () => Promise<Credentials> {
  let current: Promise<Credentials> | null = null;
  return async () => {
    const known = await current?.catch(() => null);
    if (known && known.expiration.getTime() - EARLY_MS > Date.now()) return known;
    current = assume(sts, settings);
    return current;
  };
}

async function assume(sts: STSClient, settings: Ec2Settings): Promise<Credentials> {
  const answer = await sts.send(
    new AssumeRoleCommand({
      RoleArn: settings.role_arn,
      RoleSessionName: "cloudhero",
      ...(settings.external_id ? { ExternalId: settings.external_id } : {}),
    }),
    { abortSignal: AbortSignal.timeout(30_000) },
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials!;
  return {
    accessKeyId: AccessKeyId!,
    secretAccessKey: SecretAccessKey!,
    sessionToken: SessionToken!,
    expiration: Expiration!,
  };
}
