import { expect, test } from "vitest";
import { reach, sshLine } from "#lib/model/reach.ts";

test("the ssh line names the port where it is not the usual one", () => {
  expect(sshLine({ host: "127.0.0.1", port: 32771 })).toBe("ssh -p 32771 cloudhero@127.0.0.1");
  expect(sshLine({ host: "203.0.113.7", port: 22 })).toBe("ssh cloudhero@203.0.113.7");
});

test("a published port is reached where it was published, any other at the public address", () => {
  const server = { publicIp: "203.0.113.7", endpoints: { 22: { host: "127.0.0.1", port: 32771 } } };
  expect(reach(server, 22)).toEqual({ host: "127.0.0.1", port: 32771 });
  expect(reach(server, 80)).toEqual({ host: "203.0.113.7", port: 80 });
  expect(reach({ publicIp: null, endpoints: {} }, 22)).toBeNull();
});
