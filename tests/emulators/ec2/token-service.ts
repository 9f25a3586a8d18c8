import { randomBytes } from "node:crypto";
import type { AssumeRoleRequest, AssumeRoleResponse, GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import { ApiError } from "./api-error.ts";
import type { Account, Key, World } from "./world.ts";

/** AWS STS: who a key is, and roles that may be assumed from it. */
export function callTokenService(world: World, account: Account, key: Key, action: string, input: unknown) {
  if (action === "GetCallerIdentity") return callerIdentity(account, key);
  if (action === "AssumeRole") return assumeRole(world, account, key, input as AssumeRoleRequest);
  throw new ApiError("InvalidAction", `Could not find operation ${action} for version 2011-06-15`);
}

function callerIdentity(account: Account, key: Key): GetCallerIdentityResponse {
  const UserId = `AIDA${account.id}`;
  return { UserId, Account: account.id, Arn: key.arn };
}

function assumeRole(world: World, account: Account, key: Key, input: AssumeRoleRequest): AssumeRoleResponse {
  const arn = input.RoleArn ?? "";
  const demanded = world.behaviour.roles.get(arn);
  if (!world.behaviour.roles.has(arn) || (demanded !== undefined && demanded !== input.ExternalId)) {
    const message = `User: ${key.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    throw new ApiError("AccessDenied", message, 403);
  }
  const accessKey = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
  const secretKey = randomBytes(20).toString("hex");
  const sessionToken = randomBytes(60).toString("base64");
  const expiresAt = world.clock.now() + (input.DurationSeconds ?? 3600) * 1000;
  const session = `${arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/${input.RoleSessionName}`;
  account.keys.set(accessKey, { secretKey, arn: session, sessionToken, expiresAt });
  return {
    Credentials: {
      AccessKeyId: accessKey,
      SecretAccessKey: secretKey,
      SessionToken: sessionToken,
      Expiration: new Date(expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: `AROA${account.id}:${input.RoleSessionName}`, Arn: session },
  };
}
