import { CreateTagsCommand } from "@aws-sdk/client-ec2";
import { inParallel } from "../parallel.ts";
import { ask, type Ec2Session } from "./client.ts";
import { eventually } from "./settle.ts";

const AT_ONCE = 10;

/**
 * Gives servers their names: a call for each name, since one call tags all its resources alike, at a pace under AWS's
 * limit for tagging (100 at once, then 10 a second). Servers too new to be known are waited for: the first one alone,
 * as the others of a launch show when it does.
 */
export async function nameServers(
  session: Ec2Session,
  region: string,
  names: [id: string, name: string][],
  signal: AbortSignal,
): Promise<void> {
  const [first, ...others] = names.filter(([id, name]) => !session.launches.hasName(id, name));
  if (first) await give(session, region, first, signal);
  await inParallel(others, AT_ONCE, (name) => give(session, region, name, signal));
}

async function give(session: Ec2Session, region: string, [id, Value]: [id: string, name: string], signal: AbortSignal) {
  const command = new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "Name", Value }] });
  await eventually(async () => {
    await session.pacer(region).turn(signal);
    return ask(signal, (options) => session.ec2(region).send(command, options));
  }, signal);
  session.launches.noteName(id, Value);
}
