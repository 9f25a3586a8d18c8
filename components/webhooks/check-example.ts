/** How a receiver checks a delivery, in Node; ready to copy. */
export const checkExample = `import { createHmac, timingSafeEqual } from "node:crypto";

// body: the request's bytes as text, before any parsing; secret: whsec_…
export function isGenuine(headers, body, secret) {
  const age = Date.now() / 1000 - Number(headers["webhook-timestamp"]);
  if (!(Math.abs(age) < 300)) return false;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = \`\${headers["webhook-id"]}.\${headers["webhook-timestamp"]}.\${body}\`;
  const expected = Buffer.from("v1," + createHmac("sha256", key).update(signed).digest("base64"));
  return headers["webhook-signature"].split(" ").some((given) => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}`;
