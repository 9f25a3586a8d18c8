import { expect, test } from "vitest";
import { tokenServiceOf } from "#lib/model/challenge.ts";

const hub = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"';

test("a registry names its token service, or wants Basic", () => {
  const named = { realm: "https://auth.docker.io/token", service: "registry.docker.io" };
  expect(tokenServiceOf(hub, "https://registry-1.docker.io/v2/")).toEqual(named);
  expect(tokenServiceOf('Basic realm="files"', "https://registry.example.com/v2/")).toBeNull();
  expect(() => tokenServiceOf("Bearer service=x", "https://registry.example.com/v2/")).toThrow("from where");
});

test("a password that came by TLS goes to no token service without", () => {
  const challenge = 'Bearer realm="http://auth.example.com/token",service="files"';
  expect(() => tokenServiceOf(challenge, "https://registry.example.com/v2/")).toThrow("in clear");
  expect(() => tokenServiceOf('Bearer realm="nowhere"', "https://registry.example.com/v2/")).toThrow("in clear");
  // Who gave a registry without TLS has decided so.
  expect(tokenServiceOf(challenge, "http://registry.example.com/v2/")?.realm).toBe("http://auth.example.com/token");
});
