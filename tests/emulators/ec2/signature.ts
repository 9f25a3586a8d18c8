import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { EmulatedRequest } from "../server.ts";
import { ApiError } from "./api-error.ts";

/** What a request says about who signed it, before anything is verified. */
export type Credential = { accessKey: string; date: string; region: string; service: string };
export type SignedRequest = Credential & { signedHeaders: string[]; signature: string; sentAt: number };

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** Reads the Authorization header of Signature Version 4. */
export function parseSignature(request: EmulatedRequest): SignedRequest {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  const sent = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(request.headers["x-amz-date"] ?? "");
  if (!match || !sent) throw new ApiError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  const [, accessKey, date, region, service, headers, signature] = match as unknown as string[];
  const [, year, month, day, hour, minute, second] = sent.map(Number) as number[];
  return {
    accessKey: accessKey!,
    date: date!,
    region: region!,
    service: service!,
    signedHeaders: headers!.split(";"),
    signature: signature!,
    sentAt: Date.UTC(year!, month! - 1, day!, hour!, minute!, second!),
  };
}

/** Whether `secretKey` made this signature over this very request. */
export function signatureMatches(request: EmulatedRequest, signed: SignedRequest, secretKey: string): boolean {
  if (!signed.signedHeaders.includes("host")) return false;
  const payload = hash(request.body);
  const declared = request.headers["x-amz-content-sha256"];
  if (declared && declared !== payload) return false;
  const canonical = [
    request.method,
    request.path,
    request.rawQuery.split("&").sort().join("&"),
    ...signed.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/g, " ")}`),
    "",
    signed.signedHeaders.join(";"),
    payload,
  ].join("\n");
  const scope = `${signed.date}/${signed.region}/${signed.service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hash(canonical)].join("\n");
  let key = hmac(`AWS4${secretKey}`, signed.date);
  for (const part of [signed.region, signed.service, "aws4_request"]) key = hmac(key, part);
  return timingSafeEqual(hmac(key, text), Buffer.from(signed.signature, "hex"));
}
