import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import { ProviderError } from "../provider.ts";
import { awsCode } from "./errors.ts";
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

async function assume(sts: STSClient, { role_arn, external_id }: Ec2Settings): Promise<Credentials> {
  const command = new AssumeRoleCommand({
    RoleArn: role_arn,
    RoleSessionName: "cloudhero",
    ...(external_id ? { ExternalId: external_id } : {}),
  });
  try {
    const { Credentials: given } = await sts.send(command, { abortSignal: AbortSignal.timeout(30_000) });
    return {
      accessKeyId: given!.AccessKeyId!,
      secretAccessKey: given!.SecretAccessKey!,
      sessionToken: given!.SessionToken!,
      expiration: given!.Expiration!,
    };
  } catch (error) {
    if (awsCode(error) === "AccessDenied") throw notTrusted(error as Error, external_id);
    throw (error as Error).name === "CredentialsProviderError" ? noIdentity(error as Error) : error;
  }
}

function notTrusted(error: Error, externalId: string | undefined): ProviderError {
  const demanded = externalId ? `, with the external ID ${externalId}` : "";
  const advice = `the role's trust policy must name them${demanded}`;
  return new ProviderError(
    "unauthorized",
    `AWS does not let these keys assume the role: ${advice}. AWS: ${error.message}`,
    {
      cause: error,
    },
  );
}

const noIdentity = (cause: Error) =>
  new ProviderError("unauthorized", "CloudHero's machine has no AWS identity to assume the role from.", { cause });
