export const nodeFlags: string[];
/** See prepare.mjs. */
export function prepare(root: string, wantBuild: boolean): Promise<{ node: string; folder: string }>;
