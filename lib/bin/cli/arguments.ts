import { parseArgs } from "node:util";
import { AppError, messageOf } from "#lib/errors.ts";

/** Each command, as it is typed after `npm run`, and how many words it takes. */
const usages = {
  "reset-password": { operands: 1, usage: "reset-password -- EMAIL [--generate]" },
  "rotate-secret": { operands: 0, usage: "rotate-secret" },
  backup: { operands: 1, usage: "backup -- FILE" },
  restore: { operands: 1, usage: "restore -- FILE [--force]" },
} as const;

export type Command = keyof typeof usages;

export type Words = {
  command: Command;
  /** The e-mail address or the file; empty for a command that takes none. */
  operand: string;
  generate: boolean;
  force: boolean;
  /** Environment variables that were given as flags. */
  variables: Record<string, string>;
};

const options = {
  generate: { type: "boolean", default: false },
  force: { type: "boolean", default: false },
  "data-dir": { type: "string" },
  "database-url": { type: "string" },
} as const;

/** What a command line says. Throws AppError "invalid" with how to say it. */
export function readWords([name = "", ...rest]: string[]): Words {
  if (!(name in usages)) throw new AppError("invalid", `The commands are ${Object.keys(usages).join(", ")}.`);
  const command = name as Command;
  const { operands, usage } = usages[command];
  const { values, positionals } = parse(rest, usage);
  const foreign = (values.generate && command !== "reset-password") || (values.force && command !== "restore");
  if (positionals.length !== operands || foreign) throw new AppError("invalid", `Say: npm run ${usage}`);
  const { "data-dir": dataDir, "database-url": databaseUrl, generate, force } = values;
  const variables = {
    ...(dataDir === undefined ? {} : { CLOUDHERO_DATA_DIR: dataDir }),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  return { command, operand: positionals[0] ?? "", generate, force, variables };
}

function parse(args: string[], usage: string) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new AppError("invalid", `${messageOf(error)} Say: npm run ${usage}`, { cause: error });
  }
}
