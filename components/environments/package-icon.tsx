import {
  Braces,
  Coffee,
  Container,
  Database,
  DatabaseZap,
  Feather,
  Globe,
  Hexagon,
  type LucideIcon,
  MemoryStick,
  Package,
  Rabbit,
  Terminal,
} from "lucide-react";

/** Signs of ours for what a server can be given; nobody's trade mark. */
const icons: Record<string, LucideIcon> = {
  docker: Container,
  mysql: Database,
  mariadb: Database,
  postgresql: Database,
  redis: DatabaseZap,
  memcached: MemoryStick,
  nginx: Globe,
  apache: Feather,
  nodejs: Hexagon,
  python: Terminal,
  php: Braces,
  java: Coffee,
  rabbitmq: Rabbit,
};

export function PackageIcon({ name, className = "size-3.5" }: { name: string; className?: string }) {
  const Icon = icons[name] ?? Package;
  return <Icon className={`shrink-0 text-ink-faint ${className}`} aria-hidden />;
}
