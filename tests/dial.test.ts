import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { checkedAgents, checkedLookup, dialAddress, type Origin } from "#lib/dial.ts";
import { AppError } from "#lib/errors.ts";

afterEach(() => vi.unstubAllEnvs());

async function verdict(host: string, origin: Origin): Promise<string> {
  try {
    return await dialAddress(host, origin);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe("invalid");
    expect((error as AppError).message).toBe(`${host}: address not allowed`);
    return "refused";
  }
}

const NEVER = [
  "169.254.169.254",
  "169.254.0.1",
  "100.100.100.200",
  "fe80::1",
  "[fe80::1]",
  "fd00:ec2::254",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "64:ff9b::169.254.169.254",
  "64:ff9b:1::a9fe:a9fe",
  "2002:a9fe:a9fe::1",
  "::169.254.169.254",
  "2852039166",
  "0xa9fea9fe",
];

const NOT_FOR_TENANTS = [
  "127.0.0.1",
  "localhost",
  "0x7f.1",
  "0177.0.0.1",
  "127.1",
  "2130706433",
  "::1",
  "[::1]",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::127.0.0.1",
  "64:ff9b::10.0.0.1",
  "0.0.0.0",
  "::",
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "fc00::1",
  "fd12:3456::1",
  "100.64.0.1",
  "100.127.255.255",
  "224.0.0.1",
  "ff02::1",
  "240.0.0.1",
  "255.255.255.255",
  "192.0.2.1",
  "198.18.0.1",
];

describe("without a list of the operator's", () => {
  test.each(NEVER)("%s is dialled for nobody", async (host) => {
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "");
    expect(await verdict(host, "ours")).toBe("refused");
    expect(await verdict(host, "tenant")).toBe("refused");
  });

  test.each(NOT_FOR_TENANTS)("%s is not dialled for a tenant", async (host) => {
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "");
    expect(await verdict(host, "tenant")).toBe("refused");
  });

  test.each(["127.0.0.1", "10.0.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd12:3456::1"])(
    "%s is dialled for ourselves",
    async (host) => {
      vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "");
      expect(await verdict(host, "ours")).toBe(host);
    },
  );

  test.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"])(
    "%s, a public address, is dialled for both",
    async (host) => {
      vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "");
      expect(await verdict(host, "tenant")).toBe(host);
      expect(await verdict(host, "ours")).toBe(host);
    },
  );
});

describe("with a list of the operator's", () => {
  test("it is the whole list, in either case", async () => {
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "127.0.0.0/8, 10.1.0.0/16");
    for (const origin of ["ours", "tenant"] as const) {
      expect(await verdict("127.0.0.1", origin)).toBe("127.0.0.1");
      expect(await verdict("2130706433", origin)).toBe("127.0.0.1");
      expect(await verdict("10.1.2.3", origin)).toBe("10.1.2.3");
      expect(await verdict("10.2.0.1", origin)).toBe("refused");
      expect(await verdict("8.8.8.8", origin)).toBe("refused");
      expect(await verdict("::1", origin)).toBe("refused");
    }
  });

  test("a name with several addresses gives one that is on it", async () => {
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "127.0.0.0/8");
    expect(await verdict("localhost", "tenant")).toBe("127.0.0.1");
  });

  test("an entry that is no network allows nothing", async () => {
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "everything");
    expect(await verdict("127.0.0.1", "ours")).toBe("refused");
  });
});

test("a name that does not exist is invalid, and keeps the resolver's code", async () => {
  const error = await dialAddress("no..such.name", "ours").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).cause).toHaveProperty("code");
});

test("an aborted wait ends at once with the abort's reason", async () => {
  const reason = new Error("enough");
  await expect(dialAddress("localhost", "ours", AbortSignal.abort(reason))).rejects.toBe(reason);
});

describe("connections", () => {
  const call = (url: string, origin: Origin) =>
    new Promise<string>((resolve, reject) => {
      import("node:http").then(({ get }) =>
        get(url, { agent: checkedAgents(origin).http }, (response) => {
          response.resume();
          resolve(`${response.statusCode}`);
        }).on("error", reject),
      );
    });

  test.each(["127.0.0.1", "localhost", "2130706433"])(
    "to %s are refused for a tenant and made for us",
    async (host) => {
      vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "");
      let calls = 0;
      const server = createServer((_, response) => {
        calls += 1;
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      try {
        const url = `http://${host}:${(server.address() as AddressInfo).port}/`;
        await expect(call(url, "tenant")).rejects.toThrow("address not allowed");
        expect(calls).toBe(0);
        expect(await call(url, "ours")).toBe("200");
      } finally {
        server.close();
      }
    },
  );

  test("a lookup answers one address or all, as asked", async () => {
    vi.stubEnv("CLOUDHERO_DIAL_ALLOW", "127.0.0.0/8");
    const ask = (options: object) =>
      new Promise((resolve) => checkedLookup("tenant")("localhost", options, (...answer) => resolve(answer)));
    expect(await ask({})).toEqual([null, "127.0.0.1", 4]);
    expect(await ask({ all: true })).toEqual([null, [{ address: "127.0.0.1", family: 4 }]]);
    expect(await ask({ family: 6 })).toEqual([expect.objectContaining({ code: "invalid" }), "", 0]);
  });
});
