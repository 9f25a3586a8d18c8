/** A port that is open to addresses outside the environment. */
export type Open = { port: number; cidr: string };

const everywhere = "0.0.0.0/0";

/** Open ports as they are typed: "80, 443, 5432 from 203.0.113.0/24". */
export const portsText = (open: readonly Open[]): string =>
  open.map(({ port, cidr }) => (cidr === everywhere ? String(port) : `${port} from ${cidr}`)).join(", ");

/** What was typed as ports, each once; `problem` says which part is none. Whether an address is one, the server judges. */
export function readPorts(text: string): { open: Open[]; problem?: string } {
  const open = new Map<string, Open>();
  for (const part of text.split(",").map((piece) => piece.trim())) {
    if (!part) continue;
    const [, digits, cidr = everywhere] = /^(\d{1,5})(?:\s+from\s+([0-9A-Fa-f.:]+\/\d{1,3}))?$/.exec(part) ?? [];
    const port = Number(digits);
    if (!digits || port < 1 || port > 65_535)
      return { open: [], problem: `“${part}” is no port: write 80, or 5432 from 203.0.113.0/24` };
    open.set(`${port} ${cidr}`, { port, cidr });
  }
  return { open: [...open.values()] };
}
