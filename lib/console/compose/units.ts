const nanoseconds: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** "1m30s" in nanoseconds, as Docker counts; null for what is none. */
export function durationOf(text: string): number | null {
  if (text === "0") return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== text) return null;
  const sum = Math.round(parts.reduce((total, [, amount, unit]) => total + Number(amount) * nanoseconds[unit!]!, 0));
  return Number.isSafeInteger(sum) ? sum : null;
}

/** "512M", "1.5gb", "64k" or a number, in bytes; each step is 1024. Null for what is none. */
export function bytesOf(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(?:i?b)?$/i.exec(text.trim());
  if (!found) return null;
  const bytes = Math.trunc(Number(found[1]) * 1024 ** " kmgtp".indexOf(found[2]!.toLowerCase() || " "));
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** "0.5" processors in billionths; null for what is none, or is finer than that. */
export function nanoCpusOf(text: string): number | null {
  if (!/^\d*\.?\d+$/.test(text)) return null;
  const nano = Number(text) * 1e9;
  const whole = Math.round(nano);
  return Math.abs(nano - whole) < 1e-3 && Number.isSafeInteger(whole) ? whole : null;
}
