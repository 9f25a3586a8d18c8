import { createHash } from "node:crypto";
import type {
  DeleteKeyPairRequest,
  DescribeKeyPairsRequest,
  DescribeKeyPairsResult,
  ImportKeyPairRequest,
  ImportKeyPairResult,
} from "@aws-sdk/client-ec2";
import { ApiError } from "../api-error.ts";
import { type CallContext, visible } from "../context.ts";
import { passes } from "../filter.ts";
import { type KeyPair, resource, tagList } from "../world.ts";
import { tagsFor } from "./tags.ts";

const named = (ctx: CallContext, name: string) => [...ctx.region.keyPairs.values()].find((pair) => pair.name === name);

export function ImportKeyPair(ctx: CallContext, input: ImportKeyPairRequest): ImportKeyPairResult {
  const name = input.KeyName ?? "";
  const publicKey = Buffer.from(input.PublicKeyMaterial ?? []).toString();
  if (!/^(ssh-(rsa|ed25519)) [A-Za-z0-9+/=]+/.test(publicKey)) {
    throw new ApiError("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
  }
  if (named(ctx, name)) {
    throw new ApiError("InvalidKeyPair.Duplicate", "The keypair already exists");
  }
  const pair = { ...resource(ctx.world, "key", tagsFor(input.TagSpecifications, "key-pair")), name, publicKey };
  ctx.region.keyPairs.set(pair.id, pair);
  return { KeyPairId: pair.id, KeyName: name, KeyFingerprint: fingerprint(pair), Tags: tagList(pair) };
}

const fingerprint = (pair: KeyPair) => createHash("sha256").update(pair.publicKey).digest("base64");

export function DescribeKeyPairs(ctx: CallContext, input: DescribeKeyPairsRequest): DescribeKeyPairsResult {
  const all = visible(ctx, ctx.region.keyPairs);
  const missing = input.KeyNames?.find((name) => !all.some((pair) => pair.name === name));
  if (missing) throw new ApiError("InvalidKeyPair.NotFound", `The key pair '${missing}' does not exist`);
  const KeyPairs = all
    .filter(
      (pair) =>
        (!input.KeyNames || input.KeyNames.includes(pair.name)) &&
        passes(pair, input.Filters, { "key-name": (one) => [one.name], "key-pair-id": (one) => [one.id] }),
    )
    .map((pair) => ({
      KeyPairId: pair.id,
      KeyName: pair.name,
      KeyType: "ed25519" as const,
      KeyFingerprint: fingerprint(pair),
      PublicKey: input.IncludePublicKey ? pair.publicKey : undefined,
      CreateTime: new Date(pair.createdAt),
      Tags: tagList(pair),
    }));
  return { KeyPairs };
}

/** Deleting what is not there succeeds, as in EC2. */
export function DeleteKeyPair(ctx: CallContext, input: DeleteKeyPairRequest) {
  const pair = input.KeyPairId ? ctx.region.keyPairs.get(input.KeyPairId) : named(ctx, input.KeyName ?? "");
  if (pair) ctx.region.keyPairs.delete(pair.id);
  return { Return: true };
}
