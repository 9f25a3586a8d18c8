export function readFlags(words: string[]): { dev: boolean; variables: Record<string, string> };
