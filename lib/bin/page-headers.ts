import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

const policy = (nonce: string) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Headers of a page: only our own scripts and styles run in it. Next reads the nonce from the request's own header. */
export function guardPage(request: IncomingMessage, response: ServerResponse, secure: boolean): void {
  const content = policy(randomBytes(16).toString("base64"));
  request.headers["content-security-policy"] = content;
  response.setHeader("content-security-policy", content);
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  if (secure) response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
}
