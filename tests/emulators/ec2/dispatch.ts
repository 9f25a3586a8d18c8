import { randomUUID } from "node:crypto";
import type { EmulatedAnswer, EmulatedRequest } from "../server.ts";
import { actions } from "./actions/index.ts";
import { ApiError } from "./api-error.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import { regionOf } from "./build-region.ts";
import { REGIONS } from "./catalogue.ts";
import { callJsonService } from "./json-services.ts";
import { operationOf } from "./model.ts";
import { parseQuery } from "./query.ts";
import { takeRequest } from "./throttle.ts";
import { callTokenService } from "./token-service.ts";
import type { World } from "./world.ts";
import { escapeXml, writeAnswer } from "./xml.ts";

/** The action that a request names, before anything about it is believed. */
export function actionOf(request: EmulatedRequest): string {
  const target = request.headers["x-amz-target"];
  if (target) return target.split(".")[1] ?? target;
  return new URLSearchParams(request.body).get("Action") ?? "?";
}

/** Answers one request of any of the four services; never throws for what a client can send. */
export function dispatch(world: World, request: EmulatedRequest): EmulatedAnswer & { code?: string } {
  const json = request.headers["x-amz-target"] !== undefined;
  try {
    const caller = authenticate(world, request);
    if (json) return answerJson(world, caller, request);
    return answerQuery(world, caller, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...refusal(world, error, json, !json && isEc2(request)), code: error.code };
  }
}

const isEc2 = (request: EmulatedRequest) => /\/ec2\/aws4_request/.test(request.headers.authorization ?? "");
const serverDate = (world: World) => ({ date: new Date(world.clock.now()).toUTCString() });

function answerJson(world: World, caller: Caller, request: EmulatedRequest): EmulatedAnswer {
  const output = callJsonService(
    world,
    request.headers["x-amz-target"]!,
    caller.signed.region,
    JSON.parse(request.body),
  );
  const headers = { "content-type": "application/x-amz-json-1.1", ...serverDate(world) };
  return { status: 200, headers, body: JSON.stringify(output) };
}

function answerQuery(world: World, caller: Caller, request: EmulatedRequest): EmulatedAnswer {
  const service = caller.signed.service === "sts" ? "sts" : "ec2";
  const parameters = new URLSearchParams(request.body);
  const name = parameters.get("Action") ?? "";
  const operation = operationOf(service, name);
  if (!operation) throw new ApiError("InvalidAction", `The action ${name} is not valid for this web service.`);
  const input = parseQuery(parameters, operation, service);
  const output =
    service === "sts"
      ? callTokenService(world, caller.account, caller.key, name, input)
      : callEc2(world, caller, name, input);
  const body = writeAnswer(operation, output as Record<string, unknown>, randomUUID(), service === "sts");
  return { status: 200, headers: { "content-type": "text/xml;charset=UTF-8", ...serverDate(world) }, body };
}

function callEc2(world: World, caller: Caller, name: string, input: Record<string, unknown>): Record<string, unknown> {
  const place = REGIONS.find((region) => region.name === caller.signed.region);
  if (!place) throw new ApiError("AuthFailure", "Credential should be scoped to a valid region.", 401);
  if (place.optIn && !world.behaviour.optedIn.has(place.name)) {
    throw new ApiError("AuthFailure", "AWS was not able to validate the provided access credentials", 401);
  }
  const region = regionOf(world, caller.account, place.name);
  const now = world.clock.now();
  if (world.behaviour.throttling && !takeRequest(region, name, input, now)) {
    throw new ApiError("RequestLimitExceeded", "Request limit exceeded.", 503);
  }
  const action = actions[name];
  if (!action) throw new ApiError("UnsupportedOperation", `${name} is not emulated`);
  if (world.behaviour.denied.has(`ec2:${name}`)) {
    const message = `You are not authorized to perform this operation. User: ${caller.key.arn} is not authorized to perform: ec2:${name}`;
    throw new ApiError("UnauthorizedOperation", message, 403);
  }
  if (input.DryRun === true) {
    throw new ApiError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
  }
  return action({ world, account: caller.account, region, now }, input as never);
}

function refusal(world: World, error: ApiError, json: boolean, ec2: boolean): EmulatedAnswer {
  const { code, message, status } = error;
  if (json) {
    const headers = { "content-type": "application/x-amz-json-1.1", ...serverDate(world) };
    return { status, headers, body: JSON.stringify({ __type: code, message }) };
  }
  const inner = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  const id = randomUUID();
  const body = ec2
    ? `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${inner}</Error></Errors><RequestID>${id}</RequestID></Response>`
    : `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>${inner}</Error><RequestId>${id}</RequestId></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml;charset=UTF-8", ...serverDate(world) }, body };
}
