import type { Package } from "../package.ts";

export const nodejs: Package = {
  name: "nodejs",
  title: "Node.js",
  description: "Node.js with npm.",
  aliases: ["node", "node.js", "npm"],
  apt: ["nodejs", "npm"],
  versionOf: ["nodejs"],
  versions: { "debian-12": "18.20", "ubuntu-24.04": "18.19" },
  ports: [],
  units: [],
  configure: "",
  check: `[ "$(node --print '6*7')" = 42 ] && npm --version`,
};

export const python: Package = {
  name: "python",
  title: "Python",
  description: "Python 3 with venv and pip.",
  aliases: ["python3", "py", "pip"],
  apt: ["python3", "python3-venv", "python3-pip"],
  versionOf: ["python3"],
  versions: { "debian-12": "3.11", "ubuntu-24.04": "3.12" },
  ports: [],
  units: [],
  configure: "",
  check: `[ "$(python3 -c 'import venv, pip; print(6*7)')" = 42 ]`,
};

/** Not the distribution's package `php`: that one brings Apache along. */
export const php: Package = {
  name: "php",
  title: "PHP",
  description: "PHP on the command line and as FPM (socket under /run/php), with the usual extensions.",
  aliases: ["php-fpm", "php8", "php-cli"],
  apt: ["php-cli", "php-fpm", "php-curl", "php-mbstring", "php-mysql", "php-pgsql", "php-xml", "php-zip"],
  versionOf: ["php[0-9]*-cli"],
  versions: { "debian-12": "8.2", "ubuntu-24.04": "8.3" },
  ports: [],
  units: ["php*-fpm.service"],
  configure: `serve "$(first_unit 'php*-fpm.service')"`,
  check: `
[ "$(php -r 'echo 6*7;')" = 42 ]
systemctl --quiet is-active 'php*-fpm.service'`,
};

export const java: Package = {
  name: "java",
  title: "Java",
  description: "OpenJDK without its graphical parts: runtime and compiler.",
  aliases: ["openjdk", "jdk", "jre", "default-jdk"],
  apt: ["default-jdk-headless"],
  versionOf: ["openjdk-*-jdk-headless"],
  versions: { "debian-12": "17", "ubuntu-24.04": "21" },
  ports: [],
  units: [],
  configure: "",
  check: "java -version && javac -version",
};
