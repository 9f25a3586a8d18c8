import type { Package } from "../package.ts";

export const nginx: Package = {
  name: "nginx",
  title: "nginx",
  description: "nginx web server on port 80.",
  aliases: ["nginx-server"],
  apt: ["nginx"],
  versionOf: ["nginx"],
  versions: { "debian-12": "1.22", "ubuntu-24.04": "1.24" },
  ports: [80],
  units: ["nginx.service"],
  configure: "serve nginx.service",
  check: 'http_answers "$port"',
};

export const apache: Package = {
  name: "apache",
  title: "Apache",
  description: "Apache web server on port 80; on port 8080 where nginx is on the same node.",
  aliases: ["apache2", "httpd", "apache-httpd"],
  apt: ["apache2"],
  versionOf: ["apache2"],
  versions: { "debian-12": "2.4", "ubuntu-24.04": "2.4" },
  ports: [80],
  portsBeside: { name: "nginx", ports: [8080] },
  units: ["apache2.service"],
  configure: `
replace_line /etc/apache2/ports.conf '^Listen (80|8080)$' "Listen $port"
replace_line /etc/apache2/sites-available/000-default.conf '^<VirtualHost \\*:(80|8080)>$' "<VirtualHost *:$port>"
serve apache2.service`,
  check: 'http_answers "$port"',
};
