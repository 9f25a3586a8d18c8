import "reflect-metadata";
import { createPrivateKey, X509Certificate as Parsed, randomBytes } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { AppError } from "#lib/errors.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
/** Clocks differ: a certificate is good a little before it is made. */
const earlierMs = 10 * 60_000;

/** A certificate and its private key, both PEM. */
export type Pair = { certificate: string; privateKey: string };

/** Who an authority is and until when: enough to sign. */
export type Authority = Pair;

export type ServerNames = { dns: string[]; ip: string[] };

/** A new authority of its own name; signs for `days`. */
export async function newAuthority(name: string, days: number): Promise<Authority & { expiresAt: Date }> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...lifeOf(days),
    name: [{ CN: [name] }],
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { ...(await pairOf(certificate, keys)), expiresAt: certificate.notAfter };
}

/** A server's certificate for the key that its request proves; of the request, only the key is taken. Throws "invalid". */
export async function signRequest(authority: Authority, request: string, names: ServerNames, days: number) {
  const parsed = await verified(request);
  const certificate = await sign(authority, await parsed.publicKey.export(), `CN=${names.dns[0]}`, days, [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    alternativeNames(names),
  ]);
  return { certificate: pem(certificate), expiresAt: certificate.notAfter };
}

/** A server's certificate with a new key. */
export async function issueServer(authority: Authority, names: ServerNames, days: number): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await sign(authority, keys.publicKey, `CN=${names.dns[0]}`, days, [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    alternativeNames(names),
  ]);
  return pairOf(certificate, keys);
}

/** A client's certificate with a new key; `uri` says who it is. `serial` is hexadecimal, without leading zeros. */
export async function issueClient(authority: Authority, name: string, uri: string, days: number) {
  const keys = await newKeys();
  const certificate = await sign(authority, keys.publicKey, `CN=${name}`, days, [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    new x509.SubjectAlternativeNameExtension([{ type: "url", value: uri }]),
  ]);
  return { ...(await pairOf(certificate, keys)), serial: certificate.serialNumber, expiresAt: certificate.notAfter };
}

/** The list of certificates that this authority takes back; PEM, good for as long as the authority. */
export async function revocationList(authority: Authority, serials: string[]): Promise<string> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const now = new Date();
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subject,
    thisUpdate: new Date(now.getTime() - earlierMs),
    nextUpdate: issuer.notAfter,
    entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: now })),
    signingKey: await signingKey(authority.privateKey),
    signingAlgorithm: algorithm,
  });
  return `${x509.PemConverter.encode(list.rawData, "X509 CRL")}\n`;
}

/** The URIs that a certificate names, in its own order. */
export function urisOf(certificate: Buffer | string): string[] {
  const names = new Parsed(certificate).subjectAltName ?? "";
  return names.split(", ").flatMap((name) => (name.startsWith("URI:") ? name.slice(4) : []));
}

type Keys = CryptoKeyPair;

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]) as Promise<Keys>;

async function sign(
  authority: Authority,
  publicKey: CryptoKey,
  subject: string,
  days: number,
  extensions: x509.Extension[],
): Promise<x509.X509Certificate> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const life = lifeOf(days);
  return x509.X509CertificateGenerator.create({
    notBefore: life.notBefore,
    notAfter: new Date(Math.min(life.notAfter.getTime(), issuer.notAfter.getTime())),
    serialNumber: newSerial(),
    subject,
    issuer: issuer.subject,
    publicKey: publicKey as x509.PublicKeyType,
    signingKey: await signingKey(authority.privateKey),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...extensions,
    ],
  });
}

async function verified(request: string): Promise<x509.Pkcs10CertificateRequest> {
  try {
    const parsed = new x509.Pkcs10CertificateRequest(request);
    if (await parsed.verify()) return parsed;
  } catch (cause) {
    throw new AppError("invalid", "The certificate request cannot be read.", { cause });
  }
  throw new AppError("invalid", "The certificate request is not signed by its own key.");
}

const alternativeNames = ({ dns, ip }: ServerNames) =>
  new x509.SubjectAlternativeNameExtension([
    ...dns.map((value) => ({ type: "dns" as const, value })),
    ...ip.map((value) => ({ type: "ip" as const, value })),
  ]);

function lifeOf(days: number) {
  const now = Date.now();
  return { notBefore: new Date(now - earlierMs), notAfter: new Date(now + days * 86_400_000) };
}

/** Positive, and without a leading zero, so that it is written alike everywhere. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes.toString("hex");
}

async function pairOf(certificate: x509.X509Certificate, keys: Keys): Promise<Pair> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  // SEC 1 is what every client of Docker reads, the oldest too.
  return { certificate: pem(certificate), privateKey: key.export({ format: "pem", type: "sec1" }) as string };
}

const pem = (certificate: x509.X509Certificate) => `${certificate.toString("pem")}\n`;

function signingKey(privateKey: string): Promise<CryptoKey> {
  const der = createPrivateKey(privateKey).export({ format: "der", type: "pkcs8" });
  return crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
}
