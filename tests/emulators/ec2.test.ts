import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkJson } from "./ec2/check-json.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "./ec2/emulator.ts";
import { operationOf } from "./ec2/model.ts";
import { parseQuery } from "./ec2/query.ts";
import { writeAnswer } from "./ec2/xml.ts";

let cloud: Ec2Emulator;
let client: EC2Client;
beforeAll(async () => {
  cloud = await startEc2Emulator({ consistencyLagMs: 0 });
  const credentials = { accessKeyId: EMULATED_KEY.accessKey, secretAccessKey: EMULATED_KEY.secretKey };
  client = new EC2Client({ endpoint: cloud.url, region: "us-west-2", credentials, maxAttempts: 1 });
});
afterAll(() => cloud.close());

describe("the emulated EC2 keeps to the SDK's model", () => {
  test("an answer with a member that the model lacks, or of another type, is never sent", () => {
    const operation = operationOf("ec2", "DescribeInstances")!;
    const write = (output: Record<string, unknown>) => writeAnswer(operation, output, "id", false);
    expect(write({ Reservations: [] })).toContain("<reservationSet></reservationSet>");
    expect(() => write({ Reservation: [] })).toThrow(/no member Reservation/);
    expect(() => write({ Reservations: [{ Instances: [{ AmiLaunchIndex: "0" }] }] })).toThrow(/must be a number/);
  });

  test("a request with a parameter that the model lacks, or without one that it requires, is refused", () => {
    const operation = operationOf("ec2", "RunInstances")!;
    const parse = (text: string) => parseQuery(new URLSearchParams(text), operation, "ec2");
    expect(parse("MinCount=1&MaxCount=2&TagSpecification.1.Tag.1.Key=a")).toEqual({
      MinCount: 1,
      MaxCount: 2,
      TagSpecifications: [{ Tags: [{ Key: "a" }] }],
    });
    expect(() => parse("MinCount=1&MaxCount=2&Colour=red")).toThrow(/Colour is not recognized/);
    expect(() => parse("MinCount=1")).toThrow(/MaxCount/);
  });

  test("what the services that speak JSON send and take is held to the model too", () => {
    const operation = operationOf("quotas", "GetServiceQuota")!;
    const check = (answer: unknown) => checkJson(operation.output, answer, "GetServiceQuota");
    expect(check({ Quota: { QuotaCode: "L-1", Value: 5 } })).toEqual({ Quota: { QuotaCode: "L-1", Value: 5 } });
    expect(() => check({ Quota: { Worth: 5 } })).toThrow(/no member Worth/);
    expect(() => check({ Quota: { Value: "5" } })).toThrow(/must be a number/);
    for (const [service, name] of [
      ["ssm", "GetParameter"],
      ["pricing", "GetProducts"],
    ] as const)
      expect(() => checkJson(operationOf(service, name)!.input, { Colour: "red" }, name)).toThrow(/no member Colour/);
  });

  test("what it sends is what the SDK reads", async () => {
    const image = "ami-0123456789abcdef0";
    const refused = client.send(
      new RunInstancesCommand({ MinCount: 1, MaxCount: 1, ImageId: image, InstanceType: "t3.micro" }),
    );
    await expect(refused).rejects.toMatchObject({ name: "InvalidAMIID.NotFound" });
    expect((await client.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
  });
});

test("the emulated EC2 throttles as AWS documents: fifty unfiltered listings, then ten a second", async () => {
  const burst = async (count: number) => {
    const answers = await Promise.allSettled(
      Array.from({ length: count }, () => client.send(new DescribeInstancesCommand({}))),
    );
    return answers.filter((answer) => answer.status === "fulfilled").length;
  };
  cloud.clock.advance(60_000);
  const first = await burst(80);
  expect(first).toBeGreaterThanOrEqual(50);
  expect(first).toBeLessThan(75);
  cloud.clock.advance(2_000);
  expect(await burst(40)).toBeGreaterThanOrEqual(20);
  expect(cloud.calls.some((call) => call.code === "RequestLimitExceeded")).toBe(true);
});

test("a request that was changed after it was signed is refused", async () => {
  const tampering = new EC2Client({
    endpoint: cloud.url,
    region: "us-west-2",
    credentials: { accessKeyId: EMULATED_KEY.accessKey, secretAccessKey: EMULATED_KEY.secretKey },
    maxAttempts: 1,
  });
  tampering.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: string };
      request.body = request.body.replace("2016-11-15", "2016-11-16");
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  await expect(tampering.send(new DescribeInstancesCommand({ Filters: [] }))).rejects.toMatchObject({
    name: "AuthFailure",
  });
});
