import {
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
  type KeyPairInfo,
} from "@aws-sdk/client-ec2";
import { type EnvironmentSpec, ProviderError } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { awsCode } from "./errors.ts";
import { environmentFilters, environmentTags, specification } from "./tags.ts";

export const keyName = (environment: EnvironmentSpec) => `cloudhero-${environment.id}`;

/** The environment's key pairs in its region, found by our tags. */
async function findKeys(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<KeyPairInfo[]> {
  const command = new DescribeKeyPairsCommand({ Filters: environmentFilters(environment), IncludePublicKey: true });
  return (await ask(signal, (options) => session.ec2(environment.region).send(command, options))).KeyPairs ?? [];
}

/** Imports the environment's key into the region. One of ours with another key in it is replaced; a stranger's is not. */
export async function ensureKey(session: Ec2Session, environment: EnvironmentSpec, signal: AbortSignal): Promise<void> {
  const found = await findKeys(session, environment, signal);
  if (found.some((pair) => sameKey(pair.PublicKey, environment.publicKey))) return;
  for (const pair of found) await remove(session, environment, pair, signal);
  const command = new ImportKeyPairCommand({
    KeyName: keyName(environment),
    PublicKeyMaterial: Buffer.from(environment.publicKey.trim()),
    TagSpecifications: [specification("key-pair", environmentTags(environment, environment.name))],
  });
  try {
    await ask(signal, (options) => session.ec2(environment.region).send(command, options));
  } catch (error) {
    if (awsCode(error) !== "InvalidKeyPair.Duplicate") throw error;
    await assertOurs(session, environment, signal);
  }
}

/** A key pair of the name that was there already: another worker's import of the same key is as good as ours. */
async function assertOurs(session: Ec2Session, environment: EnvironmentSpec, signal: AbortSignal): Promise<void> {
  const command = new DescribeKeyPairsCommand({
    Filters: [{ Name: "key-name", Values: [keyName(environment)] }],
    IncludePublicKey: true,
  });
  const { KeyPairs = [] } = await ask(signal, (options) => session.ec2(environment.region).send(command, options));
  if (KeyPairs.length === 0 || KeyPairs.some((pair) => sameKey(pair.PublicKey, environment.publicKey))) return;
  throw new ProviderError(
    "conflict",
    `A key pair ${keyName(environment)} with another key is in ${environment.region}; it is not ours to replace.`,
  );
}

export async function removeKeys(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<void> {
  for (const pair of await findKeys(session, environment, signal)) await remove(session, environment, pair, signal);
}

async function remove(
  session: Ec2Session,
  environment: EnvironmentSpec,
  pair: KeyPairInfo,
  signal: AbortSignal,
): Promise<void> {
  const command = new DeleteKeyPairCommand({ KeyPairId: pair.KeyPairId });
  await ask(signal, (options) => session.ec2(environment.region).send(command, options));
}

const sameKey = (a = "", b = "") => a.trim().split(/\s+/)[1] === b.trim().split(/\s+/)[1];
