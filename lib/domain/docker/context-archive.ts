import { tar } from "#lib/tar.ts";
import type { Bundle } from "./bundle.ts";

/** A bundle as `docker context import` takes it: a tar archive. */
export function contextArchive({ name, host, ca, certificate, privateKey }: Bundle): Buffer {
  const meta = {
    Name: name,
    Metadata: { Description: "CloudHero" },
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
  };
  const file = (path: string, content: string) => ({ path, content, mode: 0o600 });
  return tar([
    file("meta.json", JSON.stringify(meta)),
    file("tls/docker/ca.pem", ca),
    file("tls/docker/cert.pem", certificate),
    file("tls/docker/key.pem", privateKey),
  ]);
}
