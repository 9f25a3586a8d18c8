import { answerAs, answerJson } from "../answer.ts";
import { askAll } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import { jsonOf } from "../http-client.ts";

type Volumes = { Volumes: { Name: string }[] | null; Warnings: string[] | null };

/** Every node's volumes as one list; a name is shown once, as it is found by. */
export async function listVolumes(call: Call) {
  const { answers, missing } = await askAll(call, { path: pathWith(call) });
  const refused = answers.find(({ answer }) => answer.status !== 200);
  if (refused) return answerAs(call, refused.answer);
  const lists = answers.map(({ answer }) => jsonOf<Volumes>(answer));
  const byName = new Map(
    lists
      .flatMap(({ Volumes }) => Volumes ?? [])
      .toReversed()
      .map((volume) => [volume.Name, volume]),
  );
  const warnings = [
    ...lists.flatMap(({ Warnings }) => Warnings ?? []),
    ...missing.map((name) => `${name} does not answer`),
  ];
  return answerJson(
    call,
    { Volumes: [...byName.values()].toReversed(), Warnings: warnings.length > 0 ? warnings : null },
    { missing },
  );
}
