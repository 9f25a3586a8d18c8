import type { FormState } from "#components/ui/form-state.ts";
import { OneFieldForm } from "./one-field-form.tsx";

type Act = (state: FormState, form: FormData) => Promise<FormState>;
type FormsProps = {
  /** Null where the service's mode has no number of its own. */
  replicas: number | null;
  image: string;
  scale: Act;
  changeImage: Act;
};

const done = "The swarm is told; the tasks below follow.";

/** How often a service runs, and what. */
export function ServiceForms({ replicas, image, scale, changeImage }: FormsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {replicas !== null && (
        <OneFieldForm
          act={scale}
          name="replicas"
          label="Replicas"
          value={String(replicas)}
          verb="Scale"
          done={done}
          numeric
        />
      )}
      <OneFieldForm act={changeImage} name="image" label="Image" value={image} verb="Update" done={done} />
    </div>
  );
}
