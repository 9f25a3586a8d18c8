import type { Package } from "../package.ts";

export const redis: Package = {
  name: "redis",
  title: "Redis",
  description: "Redis server; the password works for the user cloudhero and for the default user.",
  aliases: ["redis-server"],
  apt: ["redis-server"],
  versionOf: ["redis-server"],
  versions: { "debian-12": "7.0", "ubuntu-24.04": "7.0" },
  ports: [6379],
  units: ["redis-server.service"],
  configure: `
put_file /etc/redis/cloudhero.conf redis:redis 640 <<CONFIGURATION
bind 0.0.0.0 -::
protected-mode yes
requirepass $password
user $username on >$password ~* &* +@all
CONFIGURATION
put_block /etc/redis/redis.conf <<CONFIGURATION
include /etc/redis/cloudhero.conf
CONFIGURATION
serve redis-server.service`,
  check: `
answer="$(REDISCLI_AUTH="$password" timeout 10 redis-cli --no-auth-warning --user "$username" PING)"
[ "$answer" = PONG ]`,
  login: {
    connectionString: (address, credential) =>
      `redis://${credential.username}:${credential.password}@${address.host}:${address.port}/0`,
  },
};

/** Has no passwords of its own, so it never listens on a public address; private ones are looked up at every start. */
const listen = `#!/bin/sh
set -eu
addresses=127.0.0.1
for address in $(hostname -I); do
  case $address in
    10.* | 192.168.* | 172.1[6-9].* | 172.2[0-9].* | 172.3[01].*) addresses=$addresses,$address ;;
  esac
done
sed -i '/^-l /d' /etc/memcached.conf
echo "-l $addresses" >>/etc/memcached.conf`;

export const memcached: Package = {
  name: "memcached",
  title: "Memcached",
  description: "Memcached on the server's private addresses only, because it has no password.",
  aliases: ["memcache"],
  apt: ["memcached"],
  versionOf: ["memcached"],
  versions: { "debian-12": "1.6.18", "ubuntu-24.04": "1.6.24" },
  ports: [11211],
  units: ["memcached.service"],
  configure: `
put_file /usr/local/lib/cloudhero/memcached-listen root:root 755 <<'CONFIGURATION'
${listen}
CONFIGURATION
put_file /etc/systemd/system/memcached.service.d/cloudhero.conf root:root 644 <<'CONFIGURATION'
[Unit]
Wants=network-online.target
After=network-online.target
[Service]
ExecStartPre=+/usr/local/lib/cloudhero/memcached-listen
CONFIGURATION
serve memcached.service`,
  check: `
exec 3<>/dev/tcp/127.0.0.1/$port
printf 'version\\r\\n' >&3
IFS= read -r -t 10 answer <&3
[[ "$answer" = VERSION\\ * ]]`,
};
