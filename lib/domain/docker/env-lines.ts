import type { Bundle } from "./bundle.ts";

/** Lines for `eval` in a POSIX shell: they keep the bundle in a folder of the user's alone, and point Docker clients at it. */
export function envLines({ name, host, ca, certificate, privateKey, expiresAt }: Bundle): string {
  const file = (path: string, content: string) =>
    `cat >"$DOCKER_CERT_PATH/${path}" <<'END_OF_PEM'\n${content.trim()}\nEND_OF_PEM`;
  return [
    `# CloudHero: Docker cluster ${name}, until ${expiresAt.toISOString()}`,
    `export DOCKER_CERT_PATH="$HOME/.cloudhero/docker/${name}" DOCKER_HOST='${host}' DOCKER_TLS_VERIFY=1`,
    "unset DOCKER_CONTEXT",
    `(umask 077 && mkdir -p "$DOCKER_CERT_PATH")`,
    file("ca.pem", ca),
    file("cert.pem", certificate),
    `(umask 077 && : >"$DOCKER_CERT_PATH/key.pem")`,
    file("key.pem", privateKey),
    "",
  ].join("\n");
}
