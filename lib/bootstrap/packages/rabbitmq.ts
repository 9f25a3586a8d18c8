import type { Package } from "../package.ts";

/** The node's name does not follow the host's, so a renamed server keeps its queues. */
const configure = `
put_file /etc/rabbitmq/rabbitmq-env.conf root:root 644 <<'CONFIGURATION'
NODENAME=rabbit@localhost
CONFIGURATION
if ! grep -q rabbitmq_management /etc/rabbitmq/enabled_plugins 2>/dev/null; then
  mark_changed
  rabbitmq-plugins enable --quiet --offline rabbitmq_management
fi
serve rabbitmq-server.service
users="$(timeout 60 rabbitmqctl --quiet list_users)"
if grep -q "^\${username}[[:space:]]" <<<"$users"; then
  timeout 60 rabbitmqctl --quiet authenticate_user "$username" <<<"$password" >/dev/null 2>&1 ||
    timeout 60 rabbitmqctl --quiet change_password "$username" <<<"$password" >/dev/null
else
  timeout 60 rabbitmqctl --quiet add_user "$username" <<<"$password" >/dev/null
fi
timeout 60 rabbitmqctl --quiet set_user_tags "$username" administrator
timeout 60 rabbitmqctl --quiet set_permissions "$username" '.*' '.*' '.*'
if grep -q '^guest[[:space:]]' <<<"$users"; then timeout 60 rabbitmqctl --quiet delete_user guest; fi`;

/** A client's first eight bytes are answered with a method frame (type 1); then the password is tried. */
const check = `
exec 3<>/dev/tcp/127.0.0.1/$port
printf 'AMQP\\0\\0\\011\\001' >&3
answer="$(timeout 10 head -c 1 <&3 | od -An -tu1 | tr -d ' ')"
[ "$answer" = 1 ]
timeout 15 rabbitmqctl --quiet authenticate_user "$username" <<<"$password"`;

export const rabbitmq: Package = {
  name: "rabbitmq",
  title: "RabbitMQ",
  description: "RabbitMQ server with its management page on port 15672.",
  aliases: ["rabbitmq-server", "rabbit", "amqp"],
  apt: ["rabbitmq-server"],
  versionOf: ["rabbitmq-server"],
  versions: { "debian-12": "3.10", "ubuntu-24.04": "3.12" },
  ports: [5672, 15672],
  units: ["rabbitmq-server.service"],
  configure,
  check,
  login: {
    connectionString: (address, credential) =>
      `amqp://${credential.username}:${credential.password}@${address.host}:${address.port}/`,
  },
};
