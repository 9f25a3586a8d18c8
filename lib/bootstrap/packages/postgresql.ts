import type { Package } from "../package.ts";

const configure = `
for folder in /etc/postgresql/*/main; do
  put_file "$folder/conf.d/cloudhero.conf" postgres:postgres 644 <<CONFIGURATION
listen_addresses = '*'
password_encryption = 'scram-sha-256'
CONFIGURATION
  put_block "$folder/pg_hba.conf" <<CONFIGURATION
host all all 0.0.0.0/0 scram-sha-256
host all all ::/0 scram-sha-256
CONFIGURATION
done
serve postgresql.service
cd /
runuser -u postgres -- psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 <<SQL
SET log_min_error_statement TO panic;
DO \\$do\\$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$username') THEN CREATE ROLE $username; END IF;
END \\$do\\$;
ALTER ROLE $username LOGIN PASSWORD '$password';
SELECT 'CREATE DATABASE $database OWNER $username' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$database')
\\gexec
SQL`;

const check = `
answer="$(PGPASSWORD="$password" PGCONNECT_TIMEOUT=10 psql --no-psqlrc --tuples-only --no-align \\
  --host=127.0.0.1 --username="$username" --dbname="$database" --command='SELECT 1')"
[ "$answer" = 1 ]`;

export const postgresql: Package = {
  name: "postgresql",
  title: "PostgreSQL",
  description: "PostgreSQL server with password log-in (SCRAM) for the environment's nodes.",
  aliases: ["postgres", "pg", "psql", "pgsql"],
  apt: ["postgresql"],
  versionOf: ["postgresql-[0-9]*"],
  versions: { "debian-12": "15", "ubuntu-24.04": "16" },
  ports: [5432],
  units: ["postgresql.service"],
  configure,
  check,
  login: {
    database: "cloudhero",
    connectionString: (address, credential) =>
      `postgresql://${credential.username}:${credential.password}@${address.host}:${address.port}/${credential.database}`,
  },
};
