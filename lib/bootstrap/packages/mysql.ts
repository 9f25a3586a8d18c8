import type { Address, Credential, Package } from "../package.ts";

const configure = `
folder=/etc/mysql/mysql.conf.d
[ ! -d /etc/mysql/mariadb.conf.d ] || folder=/etc/mysql/mariadb.conf.d
put_file "$folder/zz-cloudhero.cnf" root:root 644 <<CONFIGURATION
[mysqld]
bind-address = 0.0.0.0
CONFIGURATION
serve "$(first_unit mariadb.service mysql.service)"
mysql --batch <<SQL
CREATE DATABASE IF NOT EXISTS $database;
CREATE USER IF NOT EXISTS '$username'@'%' IDENTIFIED BY '$password';
ALTER USER '$username'@'%' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON $database.* TO '$username'@'%';
SQL`;

const check = `
answer="$(MYSQL_PWD="$password" mysql --connect-timeout=10 --protocol=tcp --host=127.0.0.1 --user="$username" \\
  --batch --skip-column-names --execute='SELECT 1' "$database")"
[ "$answer" = 1 ]`;

const connectionString = (address: Address, credential: Credential) =>
  `mysql://${credential.username}:${credential.password}@${address.host}:${address.port}/${credential.database}`;

const shared = {
  ports: [3306],
  units: ["mariadb.service", "mysql.service"],
  configure,
  check,
} as const;

export const mysql: Package = {
  ...shared,
  name: "mysql",
  title: "MySQL",
  description: "The distribution's own default MySQL server: MariaDB 10.11 on Debian, MySQL 8.0 on Ubuntu.",
  aliases: ["mysql-server", "default-mysql-server", "mysqld"],
  apt: ["default-mysql-server"],
  versionOf: ["mysql-server", "mariadb-server"],
  versions: { "debian-12": "10.11", "ubuntu-24.04": "8.0" },
  login: { database: "cloudhero", sharedWith: "mariadb", connectionString },
};

export const mariadb: Package = {
  ...shared,
  name: "mariadb",
  title: "MariaDB",
  description: "MariaDB server. Asked for beside mysql on one node, it is that node's MySQL as well.",
  aliases: ["mariadb-server", "maria"],
  apt: ["mariadb-server"],
  versionOf: ["mariadb-server"],
  versions: { "debian-12": "10.11", "ubuntu-24.04": "10.11" },
  login: { database: "cloudhero", sharedWith: "mysql", connectionString },
};
