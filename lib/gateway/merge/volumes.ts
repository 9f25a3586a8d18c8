import { answerAs, answerJson } from "../answer.ts";
import { askAll } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { jsonOf } from "../http-client.ts";

type Volume = { Name: string /** Ours: which nodes have one of this name. */; Nodes?: string[] };
type Volumes = { Volumes: Volume[] | null; Warnings: string[] | null };

/** Every node's volumes as one list; a name is shown once, as it is found by. */
export async function listVolumes(call: Call) {
  const { answers, missing } = await askAll(call, { path: pathWith(call) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const lists = answers.map(({ answer }) => jsonOf<Volumes>(answer));
  const named = answers.flatMap(({ engine }, index) =>
    (lists[index]!.Volumes ?? []).map((volume) => ({ ...volume, Nodes: [engine.name] })),
  );
  const byName = [...Map.groupBy(named, ({ Name }) => Name).values()].map((same) => ({
    ...same[0]!,
    Nodes: same.flatMap(({ Nodes }) => Nodes),
  }));
  const warnings = [
    ...lists.flatMap(({ Warnings }) => Warnings ?? []),
    ...missing.map((name) => `${name} does not answer`),
  ];
  return answerJson(call, { Volumes: byName, Warnings: warnings.length > 0 ? warnings : null }, { missing });
}
