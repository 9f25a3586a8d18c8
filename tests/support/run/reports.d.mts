/** What one step of `npm test` came to. */
export type Counts = { passed: number; failed: number; skipped: number; leftOut: string[]; failures: string[] };

export function countTool(name: string, code: number): Counts;
export function countVitest(file: string, code: number): Counts;
export function countPlaywright(file: string, code: number): Counts;
export function total(all: readonly Counts[]): Counts;
