import type { Filter } from "@aws-sdk/client-ec2";
import { ApiError } from "./api-error.ts";
import type { Resource } from "./world.ts";

/** The values a resource has for each filter name that a call understands. */
export type Fields<T> = Record<string, (one: T) => (string | null | undefined)[]>;

/** Whether `one` passes every filter; an unknown filter is the caller's error, as in EC2. */
export function passes<T extends object>(one: T, filters: Filter[] | undefined, fields: Fields<T>): boolean {
  return (filters ?? []).every((filter) => {
    const name = filter.Name ?? "";
    const values = valuesOf(one, name, fields);
    return (filter.Values ?? []).some((wanted) => values.some((value) => value != null && matches(wanted, value)));
  });
}

function valuesOf<T extends object>(one: T, name: string, fields: Fields<T>): (string | null | undefined)[] {
  const tags = (one as Partial<Resource>).tags;
  if (tags && name.startsWith("tag:")) return [tags.get(name.slice(4))];
  if (tags && name === "tag-key") return [...tags.keys()];
  const field = fields[name];
  if (!field) throw new ApiError("InvalidParameterValue", `The filter '${name}' is invalid`);
  return field(one);
}

function matches(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(value);
}

/** One page and the token of the next; pages are asked for by MaxResults and cut at `limit` all the same. */
export function page<T>(all: T[], input: { MaxResults?: number; NextToken?: string }, limit: number) {
  const start = input.NextToken ? Number(Buffer.from(input.NextToken, "base64").toString()) : 0;
  if (!Number.isInteger(start)) throw new ApiError("InvalidNextToken", "The specified next token is invalid.");
  const size = input.MaxResults || input.NextToken ? Math.min(input.MaxResults ?? limit, limit) : all.length;
  const end = start + size;
  const NextToken = end < all.length ? Buffer.from(String(end)).toString("base64") : undefined;
  return { items: all.slice(start, end), NextToken };
}
