import type { Package } from "../package.ts";

export const docker: Package = {
  name: "docker",
  title: "Docker",
  description: "Docker Engine on its local socket; the login cloudhero may use it.",
  aliases: ["docker.io", "docker-engine", "docker-ce", "dockerd"],
  apt: ["docker.io", "ca-certificates", "xz-utils"],
  versionOf: ["docker.io"],
  versions: { "debian-12": "20.10", "ubuntu-24.04": "28" },
  ports: [],
  units: ["docker.socket", "docker.service"],
  configure: `
serve docker.service docker.socket
for user in $logins; do usermod --append --groups docker "$user"; done`,
  check: `
version="$(timeout 10 docker info --format '{{.ServerVersion}}')"
[ -n "$version" ]`,
};
