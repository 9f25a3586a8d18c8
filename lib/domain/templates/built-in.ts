import type { PackageName } from "#lib/bootstrap/package.ts";
import type { Need } from "#lib/model/sizing.ts";
import type { TemplateNode } from "#lib/model/templates.ts";
import type { TemplateView } from "./view.ts";

const small: Need = { cores: 1, gib: 1 };
const medium: Need = { cores: 2, gib: 2 };
const large: Need = { cores: 2, gib: 4 };

const node = (name: string, need: Need, packages: PackageName[], open: number[] = []): TemplateNode => ({
  name,
  size: null,
  need,
  packages,
  expose: open.map((port) => ({ port, cidr: "0.0.0.0/0" })),
});

/** Ids that come before those of all that is saved, so that one listing has both, in order. */
const numbered = (number: number) => number.toString(16).padStart(24, "0");

const all: Pick<TemplateView, "name" | "description" | "nodes">[] = [
  {
    name: "Web server",
    description: "One small nginx, open to the world on port 80.",
    nodes: [node("web", small, ["nginx"], [80])],
  },
  {
    name: "LAMP",
    description: "Apache with PHP, and MySQL on the same server.",
    nodes: [node("web", medium, ["apache", "php", "mysql"], [80])],
  },
  {
    name: "LEMP + Redis",
    description: "nginx with PHP in front; MariaDB and Redis on a server that only it reaches.",
    nodes: [node("web", small, ["nginx", "php"], [80]), node("data", medium, ["mariadb", "redis"])],
  },
  {
    name: "Node.js + PostgreSQL",
    description: "An application server behind nginx, with a database of its own.",
    nodes: [node("app", medium, ["nginx", "nodejs"], [80]), node("db", medium, ["postgresql"])],
  },
  {
    name: "PostgreSQL primary",
    description: "A database server with memory to spare, closed to everybody outside.",
    nodes: [node("primary", large, ["postgresql"])],
  },
  {
    name: "Docker cluster, 3 nodes",
    description: "Three managers: the cluster goes on when any one of them is lost.",
    nodes: ["node-1", "node-2", "node-3"].map((name) => node(name, medium, ["docker"])),
  },
  {
    name: "Queue and workers",
    description: "RabbitMQ, and two Python workers that take from it.",
    nodes: [
      node("queue", medium, ["rabbitmq"]),
      node("worker-1", small, ["python"]),
      node("worker-2", small, ["python"]),
    ],
  },
];

/** What everybody can begin with; sizes are found by need at whatever provider. */
export const builtInTemplates: readonly TemplateView[] = all.map((template, index) => ({
  ...template,
  id: numbered(index + 1),
  builtIn: true,
  createdAt: null,
}));

export const isBuiltIn = (id: string): boolean => builtInTemplates.some((template) => template.id === id);
