/** Where an answer departs from the reference's example, because the reference contradicts itself there. */
export type Decision = {
  /** The headline of the example. */
  title: string;
  reason: string;
  /** The example as it was decided to be meant. */
  meant(example: string): string;
};

/** The only differences: API.md's decisions on examples that are broken. Each is needed, or the test says so. */
export const decisions: readonly Decision[] = [
  {
    title: "Get available providers",
    reason:
      "The example repeats the key provider_meta within one object, and closes it around the provider's own fields. Decided: a list of whole providers, each in the shape that adding one answers.",
    meant(example) {
      const whole = [...example.matchAll(/"provider_meta":\s*(\{[^}]*\})/g)].map(([, text]) => {
        const { secretKey, accessKey, ...fields } = JSON.parse(text!) as Record<string, string>;
        return { provider_meta: { secretKey, accessKey }, ...fields };
      });
      return JSON.stringify({ ec2: whole });
    },
  },
  {
    title: "Get cloud provider metadata",
    reason: "The example closes locations around sizes. Decided: two keys side by side.",
    meant(example) {
      const { sizes, ...locations } = JSON.parse(example).locations;
      return JSON.stringify({ locations, sizes });
    },
  },
];

/** Keys under these are names (aliases, types, servers, regions, families, sizes), so their values' shape is compared. */
export const maps = ["std_out", "std_out.*", "std_out.*.*", "locations", "sizes", "sizes.*"];
