import { expect } from "vitest";
import type { Called } from "./server.ts";

export type Problem = { code: string; message: string; field?: string };

/** Holds an answer to the one shape of errors, register's inside its element; answers the problems in it. */
export function problemsOf(answer: Called, inArray = false): Problem[] {
  expect(answer.headers.get("content-type"), answer.text).toBe("application/json; charset=utf-8");
  if (inArray) expect(answer.body, answer.text).toHaveLength(1);
  const body = inArray ? answer.body[0] : answer.body;
  expect(Object.keys(body ?? {}).sort(), answer.text).toEqual(["errors", "success"]);
  expect(body.success).toBe(false);
  expect(body.errors.length).toBeGreaterThan(0);
  for (const problem of body.errors) {
    const { field, ...rest } = problem;
    expect(rest, answer.text).toEqual({
      code: expect.stringMatching(/^[a-z_]+$/),
      message: expect.stringMatching(/./),
    });
    if ("field" in problem) expect(field).toMatch(/./);
  }
  return body.errors;
}
