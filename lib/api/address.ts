/** The header in which the server notes the peer's address; what a client sends under that name is dropped there. */
export const peerHeader = "x-cloudhero-peer";

/** Where a request came from: the peer, or behind a trusted proxy what that proxy saw. */
export function addressOf(request: Request): string | null {
  if (process.env.CLOUDHERO_TRUST_PROXY === "1" || process.env.CLOUDHERO_TRUST_PROXY === "true") {
    const forwarded = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (forwarded) return forwarded;
  }
  return request.headers.get(peerHeader);
}
