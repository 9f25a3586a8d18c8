import { z } from "zod";
import { define } from "../define.ts";
import { lifecycleFields, lifecycleOf, oneEnd } from "./environment-lifecycle.ts";
import { environment } from "./environment-shown.ts";
import { idParams, name } from "./fields.ts";

export const settings = define("PUT", "/environments/{id}/settings", {
  tag: "Environments",
  access: "operator",
  scope: "environments:write",
  summary:
    "Change name, healing, schedule, end and protection; what is left out stays. Taking protection off needs an admin",
  params: idParams,
  body: z
    .strictObject({ name: name.optional(), heal: z.boolean().optional(), ...lifecycleFields })
    .superRefine(oneEnd)
    .transform(({ name, heal, ...lifecycle }) => ({ name, heal, ...lifecycleOf(lifecycle) })),
  result: environment,
});
