import { ProviderError, type ProviderErrorCode } from "../provider.ts";
import { quotaMessage } from "./quota.ts";

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
const CODES: [ProviderErrorCode, string[]][] = [
  [
    "unauthorized",
    [
      "AuthFailure",
      "UnauthorizedOperation",
      "AccessDenied",
      "AccessDeniedException",
      "InvalidClientTokenId",
      "UnrecognizedClientException",
      "SignatureDoesNotMatch",
      "InvalidSignatureException",
      "MissingAuthenticationToken",
      "ExpiredToken",
      "ExpiredTokenException",
      "RequestExpired",
      "Blocked",
    ],
  ],
  ["throttled", ["RequestLimitExceeded", "Throttling", "ThrottlingException", "EC2ThrottledException"]],
  [
    "capacity",
    [
      "InsufficientInstanceCapacity",
      "InsufficientHostCapacity",
      "InsufficientReservedInstanceCapacity",
      "InsufficientFreeAddressesInSubnet",
      "InsufficientCapacityOnHost",
      "Unsupported",
    ],
  ],
  [
    "quota",
    [
      "VcpuLimitExceeded",
      "InstanceLimitExceeded",
      "MaxSpotInstanceCountExceeded",
      "VolumeLimitExceeded",
      "VpcLimitExceeded",
      "InternetGatewayLimitExceeded",
      "SubnetLimitExceeded",
      "SecurityGroupLimitExceeded",
      "SecurityGroupsPerInstanceLimitExceeded",
      "RulesPerSecurityGroupLimitExceeded",
      "TagLimitExceeded",
      "PendingVerification",
    ],
  ],
  [
    "conflict",
    [
      "DependencyViolation",
      "IncorrectInstanceState",
      "IncorrectState",
      "InvalidState",
      "ResourceInUse",
      "VolumeInUse",
      "InvalidGroup.InUse",
      "OperationNotPermitted",
      "ConcurrentTagAccess",
      "IdempotentParameterMismatch",
      "IdempotentInstanceTerminated",
    ],
  ],
  ["internal", ["InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable", "InternalServerError"]],
];
const BY_CODE = new Map(CODES.flatMap(([ours, theirs]) => theirs.map((code) => [code, ours] as const)));

type SdkError = Error & { code?: string; Code?: string; $metadata?: { httpStatusCode?: number }; $retryable?: unknown };

/** The vendor's own code of an error ("InvalidInstanceID.NotFound"), wherever it is now; "" for any other error. */
export function awsCode(error: unknown): string {
  const cause = error instanceof ProviderError ? error.cause : error;
  return cause instanceof Error ? ((cause as SdkError).Code ?? cause.name) : "";
}

/** Whether AWS says that something is not there (or not there yet). */
export function isNotFound(error: unknown): boolean {
  return /\.NotFound$|NotFound$|^InvalidKeyPair\.NotFound$/.test(awsCode(error));
}

/** Any failure of an AWS call in our words; the cause is kept. A caller's abort is passed on as it is. */
export function translate(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof ProviderError || !(error instanceof Error)) return error;
  const failure = error as SdkError;
  const code = awsCode(failure);
  const status = failure.$metadata?.httpStatusCode;
  const known = BY_CODE.get(code);
  if (known) return new ProviderError(known, wording(code, failure.message), { cause: error });
  if (status === undefined) {
    return new ProviderError("unreachable", `AWS did not answer: ${failure.code ?? failure.name}.`, { cause: error });
  }
  return new ProviderError(status >= 500 ? "internal" : "invalid", wording(code, failure.message), { cause: error });
}

function wording(code: string, message: string): string {
  if (code === "RequestExpired") {
    return `AWS says the request has expired (${code}): this machine's clock is wrong, or the session has ended.`;
  }
  if (code === "OptInRequired") return `The account has not enabled this region or service (${code}): ${message}`;
  return quotaMessage(code, message) ?? `AWS: ${message} (${code})`;
}
