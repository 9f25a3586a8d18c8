import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootstrapServer } from "#lib/bootstrap/bootstrap.ts";
import type { BootstrapError } from "#lib/bootstrap/error.ts";
import type { BootstrapPlan } from "#lib/bootstrap/plan.ts";
import type { BootstrapEvent } from "#lib/bootstrap/progress.ts";
import { connect } from "#lib/bootstrap/ssh/connect.ts";
import { runExclusively } from "#lib/bootstrap/ssh/exclusive.ts";
import { dockerAvailable } from "#tests/support/docker.ts";
import { buildNodeImage, docker, planFor, startServer, type TestServer, until } from "./server.ts";

const never = new AbortController().signal;

describe.runIf(dockerAvailable)("a bootstrap that is disturbed", { timeout: 180_000 }, () => {
  let server: TestServer;
  beforeAll(async () => {
    await buildNodeImage();
    server = await startServer();
  }, 300_000);
  afterAll(() => server.remove(), 60_000);

  async function bootstrap(plan: BootstrapPlan, hook: (event: BootstrapEvent) => void = () => {}, signal = never) {
    const lines: string[] = [];
    const onEvent = (event: BootstrapEvent) => {
      if (event.kind === "line") lines.push(event.line);
      hook(event);
    };
    const outcome = await bootstrapServer(server.target, plan, { onEvent, signal }).catch((e: BootstrapError) => e);
    return { outcome, lines };
  }

  /** Runs a script on a connection of its own, and answers its exit status or what was thrown. */
  async function exclusive(script: string, signal = never, onLine: (line: string) => void = () => {}) {
    const connection = await connect({ ...server.target, signal: never });
    try {
      return (await runExclusively(connection, script, { onLine, signal, timeoutMs: 60_000 })).exitCode;
    } finally {
      connection.close();
    }
  }

  const gone = (names: string) =>
    until(15_000, async () => expect(await server.sh(`pgrep --exact '${names}' || true`)).toBe(""));

  test("a failing step is named with its exit status and last lines, and can be retried alone", async () => {
    await server.sh("systemctl mask redis-server.service");
    const plan = planFor(server, ["memcached", "redis"]);
    const { outcome } = await bootstrap(plan);
    expect(outcome).toMatchObject({ name: "BootstrapError", step: "installing redis", exitCode: 1, retryable: false });
    expect((outcome as BootstrapError).lastLines.join("\n")).toContain("masked");
    await server.sh("systemctl unmask redis-server.service");
    expect((await bootstrap(plan)).outcome).toMatchObject({ packages: [{ ok: true }, { ok: true }] });
  });

  test("pitfall 1 of both: ready is what answers; a package that does not answer fails the checking step", async () => {
    await server.sh("mv /usr/bin/redis-cli /root/");
    const { outcome } = await bootstrap(planFor(server, ["redis"]));
    expect(outcome).toMatchObject({ step: "checking", exitCode: 1, retryable: false });
    expect((outcome as BootstrapError).lastLines.join("\n")).toContain("redis does not answer (exit status 127)");
    await server.sh("mv /root/redis-cli /usr/bin/");
  });

  test.each(["/var/lib/dpkg/lock-frontend", "/var/lib/apt/lists/lock"])(
    "pitfall 2 of both: %s held by another is waited for",
    async (lock) => {
      await server.sh("apt-get remove -qq --yes memcached");
      const hold = `use Fcntl; open(my $file, ">>", "${lock}") or die;
      my $wish = pack("s! s! x4 q q i", F_WRLCK, 0, 0, 0, 0); fcntl($file, F_SETLK, $wish) or die;
      open(my $told, ">", "/run/held"); sleep 9; unlink("/run/held")`;
      await docker("exec", "--detach", server.id, "perl", "-e", hold);
      await until(5_000, () => server.sh("test -e /run/held"));
      const { outcome, lines } = await bootstrap(planFor(server, ["memcached"]));
      expect(outcome).toMatchObject({ packages: [{ name: "memcached", ok: true }] });
      expect(lines).toContain("waiting for another package manager to finish");
    },
  );

  test("an abort in the middle of an installation ends it there, and the next run completes it", async () => {
    const plan = planFor(server, ["apache"]);
    const controller = new AbortController();
    const reason = new Error("stopped by its owner");
    const onEvent = (event: BootstrapEvent) => {
      if (event.kind === "step" && event.title === "installing apache") setTimeout(() => controller.abort(reason), 700);
    };
    expect((await bootstrap(plan, onEvent, controller.signal)).outcome).toBe(reason);
    await gone("dpkg|apt-get");
    expect(await server.sh("dpkg --list apache2 || true")).not.toMatch(/^ii/m);
    expect((await bootstrap(plan)).outcome).toMatchObject({ packages: [{ name: "apache", ok: true }] });
    expect(await server.sh("dpkg --audit; ls /usr/sbin/policy-rc.d 2>&1 || true")).toContain("No such file");
  });

  test("an abort ends processes that left the script's session and that ignore TERM", async () => {
    const controller = new AbortController();
    const stubborn = `(trap '' TERM; exec setsid sleep 1001) & sleep 1002 & echo up; wait`;
    const onLine = (line: string) => line === "up" && controller.abort(new Error("enough"));
    await expect(exclusive(stubborn, controller.signal, onLine)).rejects.toThrow("enough");
    await gone("sleep");
  });

  test("a lost connection is said to be retryable, and the script does not go on alone", async () => {
    const cut = (event: BootstrapEvent) => {
      if (event.kind === "step" && event.title === "installing nginx") void server.sh("pkill -KILL -u cloudhero sshd");
    };
    const { outcome } = await bootstrap(planFor(server, ["nginx", "postgresql"]), cut);
    expect(outcome).toMatchObject({ name: "BootstrapError", retryable: true, exitCode: null });
    expect((outcome as BootstrapError).step).toBe("installing nginx");
    await gone("dpkg|apt-get");
    expect(await server.sh("systemctl is-active cloudhero-bootstrap.service || true")).toBe("inactive");
  });

  test("of runs that come at once the newest wins, and no two ever overlap", async () => {
    await server.sh("rm -f /root/overlaps /root/released");
    const script = (run: number) => `trap 'exit 143' TERM
      exec 9>/run/critical; flock --nonblock 9 || echo ${run} >>/root/overlaps
      until [ -e /root/released ]; do sleep 0.1; done`;
    const statuses: number[] = [];
    const pauses = [0, 0, 0, 700, 1400];
    const runs = pauses.map(async (pauseMs, run) => {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      statuses.push((await exclusive(script(run))) ?? -1);
    });
    await until(45_000, async () => expect(statuses).toHaveLength(4));
    await server.sh("touch /root/released");
    await Promise.all(runs);
    expect(statuses).toEqual([143, 143, 143, 143, 0]);
    expect(await server.sh("cat /root/overlaps 2>/dev/null || true")).toBe("");
  });

  test("a run that was ended by a newer one does not come back, however late it learns of it", async () => {
    await server.sh("rm -f /root/released /root/begun");
    const script = (name: string) => `trap 'exit 143' TERM
      echo ${name} >>/root/begun
      until [ -e /root/released ]; do sleep 0.1; done`;
    const older = exclusive(script("older"));
    await until(15_000, () => server.sh("grep older /root/begun"));
    const signalLaunchers = (name: string) => server.sh(`pkill -${name} --full '[$]identity'`);
    await signalLaunchers("STOP");
    const newer = exclusive(script("newer"));
    await until(15_000, () => server.sh("grep newer /root/begun"));
    const wake = setInterval(() => void signalLaunchers("CONT").catch(() => {}), 300);
    expect(await older.finally(() => clearInterval(wake))).toBe(143);
    await server.sh("touch /root/released");
    expect(await newer).toBe(0);
    expect(await server.sh("cat /root/begun")).toBe("older\nnewer");
  });

  test("half a script runs nothing", async () => {
    const connection = await connect({ ...server.target, signal: never });
    const { exitCode } = await connection.run("sudo -n bash -s", {
      stdin: "set -e\nmain() {\n: >/root/half\n",
      onLine: () => {},
      signal: never,
      timeoutMs: 10_000,
    });
    connection.close();
    expect(exitCode).not.toBe(0);
    expect(await server.sh("ls /root/half 2>&1 || true")).toContain("No such file");
  });
});
