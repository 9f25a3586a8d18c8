import { parseDocument, type ScalarTag } from "yaml";
import { AppError, invalid, type Problem } from "#lib/errors.ts";
import { interpolate, variablesIn } from "./interpolate.ts";
import { type ComposeFile, composeFile } from "./schema.ts";

/** A Compose file may be so long. */
const lettersAtMost = 512 * 1024;
const problemsAtMost = 20;

/** `0440` is a number to the base of eight, as Docker reads it. */
const octal: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  test: /^0[0-7]+$/,
  default: true,
  resolve: (text: string) => Number.parseInt(text, 8),
};

/** A Compose file's YAML as plain values. Throws invalid, with the line. */
export function yamlOf(source: string): unknown {
  if (source.length > lettersAtMost) throw invalid("The file is longer than 512 KiB.", "file");
  const document = parseDocument(source, { merge: true, customTags: (tags) => [octal, ...tags], logLevel: "silent" });
  const [error] = document.errors;
  if (error) throw invalid(`This is no YAML: ${error.message.split("\n")[0]}`, "file");
  try {
    return withoutExtensions(document.toJS({ maxAliasCount: 100 }), 3);
  } catch (cause) {
    throw new AppError("invalid", "The file's aliases stand for too much.", { cause, field: "file" });
  }
}

/** What begins with "x-" is for other tools. */
function withoutExtensions(value: unknown, depth: number): unknown {
  if (depth === 0 || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !key.startsWith("x-"));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutExtensions(item, depth - 1)]));
}

/** The variables that the file names: a form asks for their values. */
export const variablesOf = (source: string) => variablesIn(yamlOf(source));

/** A Compose file whose variables are filled in. Throws invalid, which names every place that is wrong. */
export function readCompose(source: string, values: Readonly<Record<string, string>>): ComposeFile {
  const { value, lacking, broken } = interpolate(yamlOf(source), values);
  if (broken.length > 0)
    throw invalid(`A dollar is written as two, or begins a variable: ${broken.join(", ")}`, "file");
  if (lacking.length > 0)
    throw invalid(`The file names variables without a value: ${lacking.join(", ")}.`, "variables");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid('The file has no services: it begins with "services:".', "file");
  const parsed = composeFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problemsOf(parsed.error.issues.flatMap(linesOf));
}

type Issue = {
  path: PropertyKey[];
  message: string;
  code?: string;
  keys?: string[];
  errors?: Issue[][];
};

/** One line for each thing that is wrong, led by its place. */
function linesOf({ path, message, code, keys, errors }: Issue): string[] {
  const place = path.map(String).join(".");
  if (code === "unrecognized_keys")
    return (keys ?? []).map((key) => `${[place, key].filter(Boolean).join(".")} is not known`);
  // Of a choice, what came nearest says what is wrong.
  const nearest =
    code === "invalid_union"
      ? errors?.find((each) =>
          each.some((one) => one.path.length > 0 || one.code === "unrecognized_keys" || one.code === "custom"),
        )
      : undefined;
  if (nearest) return nearest.flatMap((each) => linesOf({ ...each, path: [...path, ...each.path] }));
  return [`${place || "the file"}: ${message}`];
}

/** All that is wrong, as one error of the form's field. */
export function problemsOf(lines: string[]): AppError {
  const told = lines.slice(0, problemsAtMost);
  const more = lines.length - told.length;
  const problems = [...told, ...(more > 0 ? [`and ${more} more`] : [])].map(
    (message): Problem => ({ code: "invalid", message, field: "file" }),
  );
  return new AppError("invalid", problems[0]!.message, { field: "file", problems });
}
