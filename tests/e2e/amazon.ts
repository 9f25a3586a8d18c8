import type { Page } from "@playwright/test";
import type { Ec2Emulator } from "../emulators/ec2/emulator.ts";
import { regionsOf } from "../emulators/ec2/inspect.ts";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";

/** Where environments are made: a provider and an application, by their ids. */
export type Place = { provider: string; application: string };

/** A new account on `page`, with the practice EC2 as the provider "p" and an application of this name. */
export async function beginOnAmazon(page: Page, name = "shop"): Promise<Place> {
  await signUp(page);
  const wish = { cloud_provider: "ec2", provider_name: "p", practice: true };
  const [provider] = await send(page, "POST", "/providers", wish);
  const [application] = await send(page, "POST", "/applications", { application_name: name });
  return { provider: provider.id, application: application.id };
}

/** An environment "staging" of one server "web", in Ireland; `wish` says what else it is to be. Answers its id. */
export async function makeOnAmazon(page: Page, { provider, application }: Place, wish: object = {}): Promise<string> {
  const nodes = [{ name: "web", size: "t3.micro", packages: ["nginx"] }];
  const whole = { provider_id: provider, region: "eu-west-1", environment: "staging", nodes, ...wish };
  return (await send(page, "POST", `/applications/${application}/environments`, whole)).environment;
}

/** The servers that the emulated EC2 has running, in every region. */
export const runningIn = (cloud: Ec2Emulator) =>
  regionsOf(cloud).flatMap(({ instances }) => [...instances.values()].filter(({ state }) => state === "running"));
