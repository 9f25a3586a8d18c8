import type { EnvironmentSpec, Owner, ServerSpec } from "../provider.ts";

const PREFIX = "io.cloudhero";
export const INSTALLATION = `${PREFIX}.installation`;
export const PROVIDER = `${PREFIX}.provider`;
export const ENVIRONMENT = `${PREFIX}.environment`;
export const NODE = `${PREFIX}.node`;
export const ATTEMPT = `${PREFIX}.attempt`;
export const SIZE = `${PREFIX}.size`;

export type Labels = Record<string, string>;

export const ownerLabels = (owner: Owner): Labels => ({
  [INSTALLATION]: owner.installationId,
  [PROVIDER]: owner.providerId,
});

export const environmentLabels = ({ owner, id }: EnvironmentSpec): Labels => ({
  ...ownerLabels(owner),
  [ENVIRONMENT]: id,
});

export const serverLabels = (environment: EnvironmentSpec, spec: ServerSpec): Labels => ({
  ...environmentLabels(environment),
  [NODE]: spec.nodeId,
  [ATTEMPT]: spec.attempt,
  [SIZE]: spec.size,
});

/** The value of a listing's `filters`: things that carry all of these. */
export const carrying = (labels: Labels) => ({
  label: Object.entries(labels).map(([name, value]) => `${name}=${value}`),
});

/** The same for what any installation of ours owns: what carries both owner labels, whatever they say. */
export const OWNED = { label: [INSTALLATION, PROVIDER] };

/** Which of the labels that an environment's servers are known by these are not. */
export const lackedLabels = (labels: Labels, owner: Owner, environmentId: string) =>
  Object.entries({ ...ownerLabels(owner), [ENVIRONMENT]: environmentId })
    .filter(([name, value]) => labels[name] !== value)
    .map(([name, value]) => `${name}=${value}`);

/** True where `labels` has all of `wanted`. */
export const carries = (labels: Labels | null | undefined, wanted: Labels) =>
  Object.entries(wanted).every(([name, value]) => labels?.[name] === value);
