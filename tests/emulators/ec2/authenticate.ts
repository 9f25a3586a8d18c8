import type { EmulatedRequest } from "../server.ts";
import { ApiError } from "./api-error.ts";
import { parseSignature, type SignedRequest, signatureMatches } from "./signature.ts";
import type { Account, Key, World } from "./world.ts";

const MAX_SKEW_MS = 5 * 60_000;

export type Caller = { account: Account; key: Key; signed: SignedRequest };

/** Whose request this is; refuses unknown keys, wrong signatures, stale clocks and ended sessions as AWS words them. */
export function authenticate(world: World, request: EmulatedRequest): Caller {
  const signed = parseSignature(request);
  const query = signed.service === "ec2";
  const account = world.accounts.find((one) => one.keys.has(signed.accessKey));
  const key = account?.keys.get(signed.accessKey);
  if (!account || !key) throw unknownKey(query);
  if (Math.abs(world.clock.now() - signed.sentAt) > MAX_SKEW_MS) {
    throw query
      ? new ApiError("RequestExpired", "Request has expired.")
      : new ApiError("SignatureDoesNotMatch", "Signature expired", 403);
  }
  if (!signatureMatches(request, signed, key.secretKey)) throw wrongSignature(query);
  if (key.sessionToken !== request.headers["x-amz-security-token"]) throw unknownKey(query);
  if (key.expiresAt && key.expiresAt < world.clock.now()) {
    throw query
      ? new ApiError("RequestExpired", "Request has expired.")
      : new ApiError("ExpiredToken", "The security token included in the request is expired", 403);
  }
  return { account, key, signed };
}

function unknownKey(query: boolean): ApiError {
  return query
    ? new ApiError("AuthFailure", "AWS was not able to validate the provided access credentials", 401)
    : new ApiError("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
}

function wrongSignature(query: boolean): ApiError {
  const message = "The request signature we calculated does not match the signature you provided.";
  return query
    ? new ApiError("AuthFailure", "AWS was not able to validate the provided access credentials", 401)
    : new ApiError("SignatureDoesNotMatch", message, 403);
}
