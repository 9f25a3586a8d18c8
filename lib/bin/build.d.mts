export function buildFolder(root: string): string;
export function built(root: string, folder: string): boolean;
