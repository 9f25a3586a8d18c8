import { managersFor } from "#lib/model/cluster.ts";

/** One of our nodes, as it was just seen from its own engine. */
export type Member = {
  id: string;
  name: string;
  /** Where the other nodes reach it. */
  address: string;
  labels: Record<string, string>;
  /** It is to go for good, or to be made anew. */
  leaving: boolean;
  /** Its id in the swarm, as we last knew it. */
  known: string | null;
  /** What its engine says; null where that does not answer. */
  swarm: {
    id: string;
    address: string;
    state: "inactive" | "pending" | "active" | "error" | "locked";
    /** It manages, or would if it heard the others. */
    manager: boolean;
  } | null;
};

/** A machine as the swarm's managers know it. */
export type Machine = {
  id: string;
  manager: boolean;
  drained: boolean;
  down: boolean;
  /** Manages, or still does after it was demoted, and the others hear it. */
  reachable: boolean;
  /** The managers' leader. */
  leads: boolean;
  labels: Record<string, string>;
  /** Tasks that still run on it. */
  tasks: number;
};

export type Step =
  | { do: "init"; member: Member }
  | { do: "join"; member: Member; manager: boolean }
  | { do: "leave"; member: Member }
  | { do: "role"; machine: string; manager: boolean; name: string }
  | { do: "drain"; machine: string; name: string }
  | { do: "label"; machine: string; labels: Record<string, string> }
  | { do: "forget"; machine: string; name: string };

export type Decision = { steps: Step[]; trouble: string | null };

const nameLabel = "io.cloudhero.name";
const idLabel = "io.cloudhero.node";

/** What a swarm's node is labelled with: constraints of services may name region and zone. */
export const labelsOf = (id: string, name: string, region: string, zone: string | null): Record<string, string> => ({
  [idLabel]: id,
  [nameLabel]: name,
  "io.cloudhero.region": region,
  ...(zone === null ? {} : { "io.cloudhero.zone": zone }),
});

/**
 * What brings a swarm to its members, one stage at a time; no steps: it is whole. `machines` is null where no manager
 * can tell. Pure.
 */
export function decideFormation(members: Member[], machines: Machine[] | null): Decision {
  if (members.length === 0) return { steps: [], trouble: null };
  if (!machines) return withoutLeader(members);
  const steps = [joins, names, heirs, farewells, roles].map((stage) => stage(members, machines));
  return { steps: steps.find((stage) => stage.length > 0) ?? [], trouble: absent(members) };
}

const isActive = ({ swarm }: Member) => swarm?.state === "active";

/** A swarm is begun where none of ours can have one; otherwise its managers are waited for. */
function withoutLeader(members: Member[]): Decision {
  // An engine that answers and is in no swarm has left it, whatever we knew.
  const isIn = ({ swarm, known }: Member) =>
    swarm?.state === "active" || swarm?.state === "locked" || (known !== null && swarm?.state !== "inactive");
  const begun = members.some(isIn);
  const first = members.find(({ swarm, leaving }) => swarm && !leaving);
  if (!begun && first)
    return {
      steps: [first.swarm?.state === "inactive" ? { do: "init", member: first } : { do: "leave", member: first }],
      trouble: null,
    };
  return { steps: [], trouble: noLeader(members) };
}

function joins(members: Member[], machines: Machine[]): Step[] {
  const present = members.filter(({ leaving }) => !leaving);
  const inside = (member: Member) => isActive(member) && machines.some(({ id }) => id === member.swarm?.id);
  const settled = present.filter((member) => member.swarm && !isUnderWay(member, machines));
  const outside = settled.filter((member) => !inside(member) || hasMoved(member, machines));
  const strangers = outside.filter(({ swarm }) => swarm?.state !== "inactive");
  if (strangers.length > 0) return strangers.map((member) => ({ do: "leave", member }));
  const managers = machines.filter(({ manager, down }) => manager && !down);
  if (managers.length >= managersFor(present.length))
    return outside.map((member) => ({ do: "join", member, manager: false }));
  // One manager at a time, and when the last one is heard: two that come at once can cost the first its majority.
  const ready = managers.every(({ reachable }) => reachable);
  return outside.slice(0, ready ? 1 : 0).map((member) => ({ do: "join", member, manager: true }));
}

/** One that is just starting, or whose new role has not come off yet, is waited for, as long as the managers hear it. */
function isUnderWay({ swarm, known }: Member, machines: Machine[]): boolean {
  if (swarm?.state === "pending" || swarm?.state === "locked") return true;
  return swarm?.state === "error" && machines.some(({ id, down }) => id === (swarm.id || known) && !down);
}

/** A worker at a new address joins anew; a manager tells the others itself. */
function hasMoved(member: Member, machines: Machine[]): boolean {
  const machine = machines.find(({ id }) => id === member.swarm?.id);
  return machine !== undefined && !machine.manager && member.swarm?.address !== member.address;
}

function names(members: Member[], machines: Machine[]): Step[] {
  return members.flatMap((member): Step[] => {
    const machine = machines.find(({ id }) => id === member.swarm?.id);
    if (!machine) return [];
    const told = Object.entries(member.labels).every(([label, value]) => machine.labels[label] === value);
    return told ? [] : [{ do: "label", machine: machine.id, labels: member.labels }];
  });
}

/** An engine that has just left tells no id any more. */
const machineOf = (member: Member): string | null => member.swarm?.id || member.known;

const isLeaving = (members: Member[], { id }: Machine): boolean =>
  members.some((member) => member.leaving && machineOf(member) === id);

/** Where all managers leave, one who stays becomes one first: with the last manager all services would go. */
function heirs(members: Member[], machines: Machine[]): Step[] {
  const managers = machines.filter(({ manager }) => manager);
  const stays = managers.some((one) => !one.down && !isLeaving(members, one));
  if (stays || managers.length === 0) return [];
  const heir = members.find(
    (member) =>
      !member.leaving && isActive(member) && machines.some(({ id, down }) => id === member.swarm!.id && !down),
  );
  return heir ? [{ do: "role", machine: heir.swarm!.id, manager: true, name: heir.name }] : [];
}

/** Who leaves is drained, demoted, waited for and forgotten; so is what is left of a server that was made anew. */
function farewells(members: Member[], machines: Machine[]): Step[] {
  const isAwaited = machines.some((one) => one.manager && !one.down && !one.reachable && !isLeaving(members, one));
  const steps = machines.flatMap((machine): Step[] => {
    const member = members.find((one) => machineOf(one) === machine.id);
    const name = member?.name ?? machine.labels[nameLabel] ?? machine.id;
    const mine = members.find(({ id }) => id === machine.labels[idLabel]);
    const isOurs = machine.labels[idLabel] !== undefined;
    // A server that is silent may be this one; one that answers with another id is not.
    const left = !member && isOurs && machine.down && (!mine || (mine.swarm !== null && mine.swarm.id !== machine.id));
    if (!member?.leaving && !left) return [];
    // Who becomes a manager has not come off yet: a manager that leaves is still needed.
    if (machine.manager && isAwaited && !machine.down) return [];
    const present = !machine.down && member?.swarm ? member : null;
    if (present && !machine.drained) return [{ do: "drain", machine: machine.id, name }];
    if (machine.manager && others(machines, machine))
      return [{ do: "role", machine: machine.id, manager: false, name }];
    if (present && machine.tasks > 0) return [];
    return present && isActive(present)
      ? [{ do: "leave", member: present }]
      : [{ do: "forget", machine: machine.id, name }];
  });
  return [...steps.filter(({ do: what }) => what !== "role"), ...oneAtATime(steps, machines)];
}

/** Of managers to be demoted the first, the leader last: several at once cost the others their majority for a while. */
function oneAtATime(steps: Step[], machines: Machine[]): Step[] {
  const leads = (step: Step) => machines.some((one) => one.leads && "machine" in step && one.id === step.machine);
  const demotions = steps.filter((step) => step.do === "role");
  const next = demotions.find((step) => !leads(step)) ?? demotions[0];
  return next && !isComingOff(machines) ? [next] : [];
}

/** Whether one that was demoted still manages. */
const isComingOff = (machines: Machine[]) => machines.some((one) => !one.manager && one.reachable && !one.down);

const others = (machines: Machine[], one: Machine) =>
  machines.some(({ id, manager, reachable }) => id !== one.id && manager && reachable);

/** As many managers as the size asks for: one that is lost is replaced before it is demoted. */
function roles(members: Member[], machines: Machine[]): Step[] {
  const of = (member: Member) => machines.find(({ id }) => id === member.swarm?.id);
  const present = members.filter((member) => !member.leaving);
  const wanted = managersFor(present.length);
  const managers = machines.filter(({ manager }) => manager);
  const isWell = ({ down, reachable }: Machine) => !down && reachable;
  const well = managers.filter(isWell);
  const nameOf = (id: string) => members.find((member) => machineOf(member) === id)?.name ?? id;
  if (well.length < wanted) {
    const next = present.find((member) => isActive(member) && of(member) && !of(member)!.manager && !of(member)!.down);
    return next ? [{ do: "role", machine: of(next)!.id, manager: true, name: next.name }] : [];
  }
  if (managers.length <= wanted || isComingOff(machines)) return [];
  // Of too many the one that is lost goes; one that is only silent yet is waited for.
  const unwell = managers.filter((one) => !isWell(one));
  const extra = unwell.length > 0 ? unwell.find(({ down }) => down) : well.at(-1);
  return extra ? [{ do: "role", machine: extra.id, manager: false, name: nameOf(extra.id) }] : [];
}

function absent(members: Member[]): string | null {
  const names = members.filter(({ swarm, leaving }) => !swarm && !leaving).map(({ name }) => name);
  if (names.length === 0) return null;
  const verb = names.length === 1 ? "does" : "do";
  return `${names.join(", ")} ${verb} not answer on port 4000: what ran there is started on the other nodes.`;
}

function noLeader(members: Member[]): string {
  const silent = members.filter(({ swarm }) => !swarm).map(({ name }) => name);
  const left = members.find((member) => isActive(member) && member.swarm!.manager);
  const who = silent.length > 0 ? `${silent.join(", ")} cannot be reached` : "its managers do not hear each other";
  const cure = left
    ? ` If they are lost for good, run this with the bundle of node ${left.name}: docker swarm init --force-new-cluster --advertise-addr ${left.address}. The others then join it by themselves.`
    : members.some(isActive)
      ? " None of the nodes that answer is a manager: if the missing servers are lost for good, its services are lost with them. Have these made anew or remove them, and run this on each node that is left: docker swarm leave --force. A new cluster is then begun by itself."
      : "";
  return `The cluster has no majority of managers: ${who}. Containers go on running, but nothing can be changed. Bring the missing servers back, and it heals by itself.${cure}`;
}
