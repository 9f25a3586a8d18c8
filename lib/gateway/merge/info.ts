import { answerAs, answerJson } from "../answer.ts";
import { askLiving, busy, nobody } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { type Info, lastInfo, noteInfo } from "../infos.ts";

const summed = [
  "Containers",
  "ContainersRunning",
  "ContainersPaused",
  "ContainersStopped",
  "NCPU",
  "MemTotal",
  "NFd",
  "NGoroutines",
  "NEventsListener",
];

/**
 * The cluster as one host: counts, processors and memory are sums; what is said of the machine is a manager's. Nodes
 * that do not answer are among the warnings, and so are those that answer, but not this: what they said last is counted.
 */
export async function clusterInfo(call: Call) {
  const [{ answers, missing }, pinged] = await Promise.all([
    askLiving(call, { path: pathWith(call) }),
    askLiving(call, { path: "/_ping" }),
  ]);
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const said = answers.map(({ engine, answer }) => noteInfo(engine, answer));
  const late = pinged.answers.flatMap(({ engine }) => {
    const info = answers.some((one) => one.engine.id === engine.id) ? undefined : lastInfo(engine);
    return info ? { name: engine.name, info } : [];
  });
  const infos = [...said, ...late.map(({ info }) => outdated(info))];
  if (infos.length === 0) throw pinged.answers.length > 0 ? busy(call.cluster) : nobody(call.cluster);
  const base = infos.find(({ Swarm }) => Swarm?.ControlAvailable) ?? infos[0]!;
  const sums = Object.fromEntries(
    summed
      .filter((name) => typeof base[name] === "number")
      .map((name) => [name, infos.reduce((sum, info) => sum + Number(info[name] ?? 0), 0)]),
  );
  const Images = Math.max(...infos.map((info) => info.Images));
  const silent = missing.filter((name) => !late.some((one) => one.name === name));
  const lines = [
    ...silent.map((name) => `WARNING: node ${name} does not answer: what it has is missing here`),
    ...late.map(({ name }) => `WARNING: node ${name} answers, but not this: what it said last is counted here`),
  ];
  const Warnings = [...new Set(infos.flatMap((info) => info.Warnings ?? [])), ...lines];
  const name = call.cluster.engines.length > 1 ? call.cluster.name : base.Name;
  return answerJson(
    call,
    { ...base, ...sums, Images, Name: name, Warnings: Warnings.length > 0 ? Warnings : (base.Warnings ?? null) },
    { missing: silent },
  );
}

/** Only a manager that waits for a leader keeps this from us. */
const outdated = (info: Info): Info =>
  info.Swarm?.ControlAvailable ? { ...info, Swarm: { ...info.Swarm, Error: leaderless } } : info;

const leaderless =
  "The managers do not say how the swarm is: it has lost its leader, and is choosing another, or they are busy.";
