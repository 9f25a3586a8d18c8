import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { config } from "./config.ts";

/** The clouds that can be practised on, and the settings that each takes. */
const running = z.object({
  /** Whether their servers are containers on this machine, and not pretended. */
  backed: z.boolean(),
  clouds: z.record(
    z.enum(["ec2", "digital_ocean"]),
    z.object({
      endpoint: z.url({ protocol: /^http$/, hostname: /^127\.\d+\.\d+\.\d+$/ }),
      settings: z.record(z.string(), z.string()),
    }),
  ),
});

export type PracticeClouds = z.infer<typeof running>;

/** Where `npm run emulators` says that it runs, for as long as it does. */
export const practiceFile = (dataDir = config().dataDir): string => join(dataDir, "practice.json");

/** The practice clouds of this machine; null where none runs. Read anew at each call. */
export function practiceClouds(): PracticeClouds | null {
  try {
    return running.parse(JSON.parse(readFileSync(practiceFile(), "utf8")));
  } catch {
    return null;
  }
}

/** The practice cloud's address that stands in for a real cloud's; null where none runs. */
export const practiceEndpoint = (type: keyof PracticeClouds["clouds"]): string | null =>
  practiceClouds()?.clouds[type].endpoint ?? null;
