import { describe, expect, test } from "vitest";
import { decideFormation, labelsOf, type Machine, type Member } from "#lib/cluster/formation.ts";
import { formSwarm, type Node, poolBeside } from "#lib/cluster/swarm.ts";

const inactive = { id: "", address: "", state: "inactive", manager: false } as const;

function member(name: string, change: Partial<Member> = {}): Member {
  const address = `10.0.0.${name.charCodeAt(0)}`;
  return {
    id: name,
    name,
    address,
    labels: labelsOf(name, name, "here", null),
    leaving: false,
    known: null,
    swarm: { ...inactive },
    ...change,
  };
}

/** One that is in the swarm, as its own engine and the managers see it. */
function inside(
  name: string,
  manager: boolean,
  change: Partial<Member> = {},
  seen: Partial<Machine> = {},
): [Member, Machine] {
  const one = member(name, { known: `s-${name}`, ...change });
  if (change.swarm === undefined) one.swarm = { id: `s-${name}`, address: one.address, state: "active", manager };
  const labels = labelsOf(name, name, "here", null);
  const machine = {
    id: `s-${name}`,
    manager,
    drained: false,
    down: false,
    reachable: manager,
    leads: false,
    labels,
    tasks: 0,
    ...seen,
  };
  return [one, machine];
}

const decide = (...pairs: [Member, Machine][]) =>
  decideFormation(
    pairs.map(([one]) => one),
    pairs.map(([, machine]) => machine),
  ); // prettier-ignore
const words = ({ steps }: ReturnType<typeof decideFormation>) =>
  steps.map((step) =>
    [step.do, "member" in step ? step.member.name : step.machine, ...("manager" in step ? [step.manager] : [])].join(
      " ",
    ),
  ); // prettier-ignore
const silent = { swarm: null };

describe("how a swarm is formed", () => {
  test("the first node that answers begins it", () => {
    expect(words(decideFormation([member("a", silent), member("b"), member("c")], null))).toEqual(["init b"]);
  });

  test("one that was begun is never begun again: while its managers are silent they are waited for", () => {
    const decision = decideFormation([member("a", { ...silent, known: "s-a" }), member("b")], null);
    expect([decision.steps, decision.trouble]).toEqual([
      [],
      expect.stringMatching(/no majority of managers: a cannot be reached/),
    ]);
  });

  test("managers join one at a time, until there are as many as the size asks for; workers then join together", () => {
    const a = inside("a", true);
    const rest = ["b", "c", "d", "e"].map((name) => member(name));
    expect(words(decideFormation([a[0], ...rest], [a[1]]))).toEqual(["join b true"]);
    const three = [a, inside("b", true), inside("c", true)];
    const members = [...three.map(([one]) => one), member("d"), member("e")];
    expect(
      words(
        decideFormation(
          members,
          three.map(([, machine]) => machine),
        ),
      ),
    ).toEqual(["join d false", "join e false"]); // prettier-ignore
  });

  test("another waits while the last manager is not heard yet", () => {
    const pairs = [inside("a", true), inside("b", true, {}, { reachable: false })];
    const decision = decideFormation(
      [...pairs.map(([one]) => one), member("c")],
      pairs.map(([, machine]) => machine),
    ); // prettier-ignore
    expect(words(decision)).toEqual([]);
  });

  test("whole, nothing is done", () => {
    expect(decide(inside("a", true), inside("b", true), inside("c", true))).toEqual({ steps: [], trouble: null });
  });

  test("a lost manager is replaced by a worker, and only then demoted", () => {
    const lost = inside("b", true, silent, { down: true, reachable: false });
    const pairs = (d: [Member, Machine]) => decide(inside("a", true), lost, inside("c", true), d);
    expect(words(pairs(inside("d", false)))).toEqual(["role s-d true"]);
    expect(words(pairs(inside("d", true)))).toEqual(["role s-b false"]);
    const silentYet = inside("b", true, silent, { reachable: false });
    expect(words(decide(inside("a", true), silentYet, inside("c", true), inside("d", true)))).toEqual([]);
    expect(pairs(inside("d", true)).trouble).toMatch(/^b does not answer/);
  });

  test("one that leaves is drained, demoted, waited for, leaves, and is forgotten", () => {
    const of = (manager: boolean, seen: Partial<Machine>, change: Partial<Member> = {}) => {
      const leaving = inside("c", manager, { leaving: true, ...change }, seen);
      return words(decide(inside("a", true), inside("b", true), leaving, inside("d", false)));
    };
    expect(of(true, { tasks: 2 })).toEqual(["drain s-c"]);
    expect(of(true, { drained: true, tasks: 2 })).toEqual(["role s-c false"]);
    expect(of(false, { drained: true, tasks: 2 })).toEqual(["role s-d true"]);
    expect(of(false, { drained: true })).toEqual(["leave c"]);
    expect(of(false, { drained: true }, { swarm: inactive })).toEqual(["forget s-c"]);
  });

  test("of managers that leave one is demoted at a time, the leader last: the others keep their majority", () => {
    const leaves = (name: string, manager: boolean, seen: Partial<Machine> = {}) =>
      inside(name, manager, { leaving: true }, { drained: true, tasks: 1, ...seen });
    const leader = leaves("a", true, { leads: true });
    const stays = inside("d", true);
    expect(words(decide(leader, leaves("b", true), leaves("c", true), stays))).toEqual(["role s-b false"]);
    const comingOff = leaves("b", false, { reachable: true });
    expect(words(decide(leader, comingOff, leaves("c", true), stays))).toEqual([]);
    expect(words(decide(leader, leaves("b", false), leaves("c", true), stays))).toEqual(["role s-c false"]);
    expect(words(decide(leader, leaves("b", false), leaves("c", false), stays))).toEqual(["role s-a false"]);
    const tooMany = ["d", "e", "f", "g"].map((name) => inside(name, true));
    expect(words(decide(comingOff, ...tooMany))).toEqual([]);
    expect(words(decide(leaves("b", false), ...tooMany))).toEqual(["role s-g false"]);
  });

  test("where all managers leave, one who stays is made a manager first, and is heard before they go", () => {
    const leaves = (name: string, seen: Partial<Machine> = {}) => inside(name, true, { leaving: true }, seen);
    expect(words(decide(leaves("a"), inside("b", false)))).toEqual(["role s-b true"]);
    expect(words(decide(leaves("a"), inside("b", true, {}, { reachable: false })))).toEqual([]);
    expect(words(decide(leaves("a", { drained: true }), inside("b", true)))).toEqual(["role s-a false"]);
    expect(words(decide(leaves("a"), leaves("b"), leaves("c"), inside("d", false)))).toEqual(["role s-d true"]);
    expect(words(decide(leaves("a")))).toEqual(["drain s-a"]);
  });

  test("a node that was made before its zone was known is labelled with it", () => {
    const labels = labelsOf("a", "a", "eu-west-1", "eu-west-1b");
    const [a, seen] = inside("a", true, { labels });
    expect(labels).toMatchObject({ "io.cloudhero.region": "eu-west-1", "io.cloudhero.zone": "eu-west-1b" });
    expect(decideFormation([a], [seen]).steps).toEqual([{ do: "label", machine: "s-a", labels }]);
    expect(words(decideFormation([a], [{ ...seen, labels }]))).toEqual([]);
  });

  test("what is left of a server that was made anew is forgotten; a machine that is not ours is left alone", () => {
    const old: Machine = {
      id: "old",
      manager: false,
      drained: false,
      down: true,
      reachable: false,
      leads: false,
      labels: labelsOf("b", "b", "here", null),
      tasks: 0,
    };
    const [a, seenA] = inside("a", true);
    const [b, seenB] = inside("b", false);
    expect(words(decideFormation([a, b], [seenA, seenB, old]))).toEqual(["forget old"]);
    expect(words(decideFormation([a, b], [seenA, seenB, { ...old, labels: {} }]))).toEqual([]);
  });

  test("a node of another swarm leaves that one; one that is just starting is waited for", () => {
    const a = inside("a", true);
    const other = member("b", { swarm: { id: "elsewhere", address: "", state: "active", manager: false } });
    const starting = member("b", { swarm: { id: "s-b", address: "", state: "pending", manager: false } });
    expect(words(decideFormation([a[0], other], [a[1]]))).toEqual(["leave b"]);
    expect(words(decideFormation([a[0], starting], [a[1]]))).toEqual([]);
  });

  test("one whose new role has not come off yet is waited for, until the managers do not hear it any more", () => {
    const failing = { swarm: { id: "", address: "", state: "error", manager: false } } as const;
    expect(words(decide(inside("a", true), inside("b", false, failing)))).toEqual([]);
    expect(words(decide(inside("a", true), inside("b", false, failing, { down: true })))).toEqual(["leave b"]);
  });

  test("a worker whose address has changed joins anew", () => {
    const moved = inside("b", false, { address: "10.0.0.77" });
    moved[0].swarm = { id: "s-b", address: "10.0.0.98", state: "active", manager: false };
    expect(words(decide(inside("a", true), moved))).toEqual(["leave b"]);
  });

  test("without a majority, it says what to run, and where", () => {
    const [a] = inside("a", true);
    const { trouble } = decideFormation(
      [a, member("b", { ...silent, known: "s-b" }), member("c", { ...silent, known: "s-c" })],
      null,
    );
    expect(trouble).toContain("b, c cannot be reached");
    expect(trouble).toContain(`node a: docker swarm init --force-new-cluster --advertise-addr ${a.address}`);
  });

  test("where no manager is left, it names no worker for it, but says how a new swarm is begun; and begins that then", () => {
    const [worker] = inside("b", false);
    const lost = member("a", { ...silent, known: "s-a" });
    const { steps, trouble } = decideFormation([lost, worker], null);
    expect([steps, trouble]).toEqual([[], expect.stringContaining("docker swarm leave --force")]);
    expect(trouble).not.toContain("--force-new-cluster");
    const [manager] = inside("c", true);
    expect(decideFormation([lost, worker, manager], null).trouble).toContain("node c: docker swarm init");
    const free = member("b", { known: "s-b" });
    expect(words(decideFormation([lost, free], null))).toEqual([]);
    expect(words(decideFormation([member("a"), free], null))).toEqual(["init a"]);
  });

  test("overlay networks get room that the nodes' own network is not in", () => {
    expect(poolBeside([{ address: "172.31.0.4" }])).toBe("10.0.0.0/8");
    expect(poolBeside([{ address: "10.0.3.4" }, { address: "10.17.0.1" }])).toBe("10.32.0.0/12");
  });
});

test.each(["error", "pending", "locked"])(
  "an engine that cannot get into its swarm (%s) keeps its place in it",
  async (state) => {
    const { swarm: _, ...one } = member("a", { known: "s-a" });
    const engine = () => ({ info: async () => ({ Swarm: { LocalNodeState: state, NodeID: "" } }) });
    const { places, done, trouble } = await formSwarm(
      [{ ...one, engine } as unknown as Node],
      AbortSignal.timeout(5_000),
    );
    expect({ places, done }).toEqual({ places: [expect.objectContaining({ nodeId: "a", answers: false })], done: [] });
    expect(trouble).not.toBeNull();
  },
);
