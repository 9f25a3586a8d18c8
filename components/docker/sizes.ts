const units = ["B", "KB", "MB", "GB", "TB", "PB"];

/** Bytes as Docker writes them: "1.2 GB", each step a thousand. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${amount >= 100 || power === 0 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
}

/** Memory by steps of 1024: "7.8 GiB". */
export function memoryText(bytes: number): string {
  const gib = bytes / 1024 ** 3;
  return gib >= 1 ? `${gib >= 100 ? Math.round(gib) : gib.toFixed(1)} GiB` : `${Math.round(bytes / 1024 ** 2)} MiB`;
}

/** "1 image", "3 images". */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** A whole id's beginning, as Docker shows it. */
export const shortId = (id: string): string => id.replace(/^sha256:/, "").slice(0, 12);
