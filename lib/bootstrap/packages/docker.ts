import type { Package } from "../package.ts";

/** Where a node keeps its key, its certificate and who may connect; written by the engine once the node is installed. */
export const frontFolder = "/etc/cloudhero/docker";
export const frontUnit = "cloudhero-docker.service";

/**
 * TLS in front of the engine's socket: certificates and the list of revoked ones are reloaded while connections live,
 * and the engine is never restarted for them. A connection may be idle for a day, and half closed as long.
 */
const front = `
global
  maxconn 8000
  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
defaults
  mode tcp
  timeout connect 5s
  timeout client 24h
  timeout server 24h
  timeout tunnel 24h
  option clitcpka
frontend docker
  bind :4000 ssl crt ${frontFolder}/node.pem ca-file ${frontFolder}/ca.pem crl-file ${frontFolder}/revoked.pem verify required
  default_backend engine
backend engine
  server socket unix@/run/docker.sock`;

const unit = `
[Unit]
Description=CloudHero: the Docker API on port 4000, for clients with a certificate
Wants=network-online.target
After=network-online.target docker.socket
ConditionPathExists=${frontFolder}/node.pem
StartLimitIntervalSec=0

[Service]
Type=notify
ExecStartPre=/usr/sbin/haproxy -q -c -f ${frontFolder}/haproxy.cfg
ExecStart=/usr/sbin/haproxy -Ws -f ${frontFolder}/haproxy.cfg
ExecReload=/usr/sbin/haproxy -q -c -f ${frontFolder}/haproxy.cfg
ExecReload=/bin/kill -USR2 $MAINPID
KillMode=mixed
Restart=always
RestartSec=1
User=haproxy
Group=haproxy
SupplementaryGroups=docker

[Install]
WantedBy=multi-user.target`;

export const docker: Package = {
  name: "docker",
  title: "Docker",
  description: "Docker Engine on its local socket; the login cloudhero may use it.",
  aliases: ["docker.io", "docker-engine", "docker-ce", "dockerd"],
  apt: ["docker.io", "ca-certificates", "xz-utils", "haproxy", "openssl"],
  versionOf: ["docker.io"],
  versions: { "debian-12": "20.10", "ubuntu-24.04": "28" },
  ports: [],
  units: [frontUnit, "docker.socket", "docker.service"],
  patience: 120,
  configure: `
serve docker.service docker.socket
for user in $logins; do usermod --append --groups docker "$user"; done
systemctl --quiet is-active haproxy.service || systemctl --quiet disable haproxy.service 2>&1
install -d -o root -g haproxy -m 750 ${frontFolder}
put_file ${frontFolder}/haproxy.cfg root:haproxy 640 <<'END_OF_FRONT'${front}
END_OF_FRONT
put_file /etc/systemd/system/${frontUnit} root:root 644 <<'END_OF_UNIT'${unit}
END_OF_UNIT
serve ${frontUnit}`,
  check: `
version="$(timeout 10 docker info --format '{{.ServerVersion}}')"
[ -n "$version" ]`,
};
