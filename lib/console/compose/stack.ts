/** What marks all that belongs to a stack; Docker's own clients read and write it too. */
export const stackLabel = "com.docker.stack.namespace";

// biome-ignore lint/suspicious/noExplicitAny: the engine's own shape, which the engine checks.
export type ServiceSpec = Record<string, any> & { Name: string; Labels: Record<string, string> };
export type NetworkWish = { Name: string } & Record<string, unknown>;
/** A config or a secret, its content still as text. */
export type FileWish = { Name: string; Labels: Record<string, string>; content: string; templating?: string };

/** What a Compose file asks of a swarm, each thing by its full name. */
export type Stack = {
  name: string;
  services: ServiceSpec[];
  networks: NetworkWish[];
  configs: FileWish[];
  secrets: FileWish[];
  /** What must be there already. */
  external: { networks: string[]; configs: string[]; secrets: string[] };
  /** What the file says and a swarm passes over. */
  warnings: string[];
};

export type Complain = (path: (string | number)[], words: string) => void;

type Nameable = { name?: string; external?: boolean | { name: string } };

/** How a stack's names are made. */
export type Scope = {
  stack: string;
  named(key: string): string;
  /** What something is called in the swarm: its own name, its key where it is external, or its key in the stack. */
  nameOf(key: string, thing: Nameable): string;
};

export function scopeOf(stack: string): Scope {
  const named = (key: string) => `${stack}_${key}`;
  const nameOf = (key: string, { name, external }: Nameable) => {
    if (external && typeof external === "object") return external.name;
    return name ?? (external ? key : named(key));
  };
  return { stack, named, nameOf };
}
