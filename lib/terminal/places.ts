import { connect } from "#lib/bootstrap/ssh/connect.ts";
import type { Context } from "#lib/context.ts";
import { execCluster } from "#lib/domain/docker/exec.ts";
import { shellNode } from "#lib/domain/environments/shell.ts";
import { invalid } from "#lib/errors.ts";
import { openExec } from "#lib/gateway/exec.ts";
import type { Scope } from "#lib/model/scopes.ts";
import type { Pty, Size } from "./pty.ts";
import type { Terminal } from "./serve.ts";

/** What a path names: whether it can be had is said by `find`, which throws AppError, as often as it is asked. */
export type Place = {
  /** What a token must be for. */
  scope: Scope;
  find(ctx: Context, size: Size): Promise<Pick<Terminal, "environmentId" | "place" | "open">>;
};

const words = 64;
const wordLength = 4096;
/** The best shell that a container has. */
const anyShell = ["/bin/sh", "-c", "if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi"];

const node = /^\/environments\/([^/?]+)\/nodes\/([^/?]+)\/terminal(?=\?|$)/;
const container = /^\/environments\/([^/?]+)\/containers\/([^/?]+)\/exec(?=\?|$)/;

/** The place of a path, with its query; null for every other path. */
export function placeOf(url: string): Place | null {
  const [, environmentId, name] = node.exec(url) ?? [];
  if (environmentId) return shellOn(decoded(environmentId), decoded(name!));
  const [, clusterId, id] = container.exec(url) ?? [];
  const query = () => new URL(url, "http://localhost").searchParams;
  if (clusterId) return execIn(decoded(clusterId), decoded(id!), query().getAll("cmd"));
  return null;
}

function shellOn(environmentId: string, name: string): Place {
  return {
    scope: "environments:write",
    async find(ctx, size) {
      const found = await shellNode(ctx, environmentId, name);
      const place = { environment: found.environment, node: found.node };
      return {
        environmentId,
        place,
        async open(signal): Promise<Pty> {
          const connection = await connect({ ...(await found.target()), signal });
          return { ...(await connection.shell(size)), close: () => connection.close() };
        },
      };
    },
  };
}

function execIn(environmentId: string, id: string, asked: string[]): Place {
  return {
    scope: "docker",
    async find(ctx, size) {
      const command = commandOf(asked);
      const { environment } = await execCluster(ctx, environmentId);
      const { organisation, user, role, address, db } = ctx;
      const caller = { organisation, user, role, address, environmentId };
      return {
        environmentId,
        place: { environment, container: id.slice(0, 200) },
        async open(signal): Promise<Pty> {
          const exec = await openExec(db, caller, { container: id, command, size }, signal);
          return { ...exec, close: () => hangUp(exec.stream) };
        },
      };
    },
  };
}

/** An engine lets a command outlive its terminal: a shell is told to go first, by Ctrl-C and the end of its input. */
function hangUp(stream: Pty["stream"]): void {
  if (stream.writable) stream.write("\x03\x04");
  setTimeout(() => stream.destroy(), 200).unref();
}

/** Words as they are; one alone is a line for the container's own `sh`, none its best shell. */
function commandOf(asked: string[]): string[] {
  const given = asked.filter((word) => word !== "");
  if (given.length > words || given.some((word) => word.length > wordLength))
    throw invalid(`cmd: a command has ${words} words of ${wordLength} characters at the most.`, "cmd");
  if (given.length === 0) return anyShell;
  return given.length === 1 ? ["/bin/sh", "-c", given[0]!] : given;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
