import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Identity } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";

/** The account and user (or role) that the keys are. Needs no permission at all, so a failure is about the keys. */
export async function verify(session: Ec2Session, signal: AbortSignal): Promise<Identity> {
  const answer = await ask(signal, (options) => session.sts().send(new GetCallerIdentityCommand({}), options));
  return { account: answer.Account ?? "", description: answer.Arn ?? "" };
}
