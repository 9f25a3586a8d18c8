type Endpoint = { host: string; port: number };
type Reachable = { publicIp: string | null; endpoints: Record<string, Endpoint> };

/** Where a port of a server is really reached; null while it cannot be. */
export function reach(server: Reachable, port: number): Endpoint | null {
  return server.endpoints[port] ?? (server.publicIp ? { host: server.publicIp, port } : null);
}

/** The line that logs in: "ssh -p 32771 cloudhero@127.0.0.1". */
export function sshLine({ host, port }: Endpoint): string {
  return port === 22 ? `ssh cloudhero@${host}` : `ssh -p ${port} cloudhero@${host}`;
}
