import * as ec2 from "@aws-sdk/client-ec2";
import { type EnvironmentSpec, ProviderError } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { awsCode, isNotFound } from "./errors.ts";
import { missing, wantedRules } from "./rules.ts";
import { eventually } from "./settle.ts";
import { environmentFilters, environmentTags, specification } from "./tags.ts";

const nameOf = (environment: EnvironmentSpec) => `cloudhero-${environment.id}`;

/** The environment's security groups in the region: one, or none before it is made. Found by our tags, never by name alone. */
export async function findGroups(session: Ec2Session, environment: EnvironmentSpec, signal: AbortSignal) {
  const command = new ec2.DescribeSecurityGroupsCommand({ Filters: environmentFilters(environment) });
  const answer = await ask(signal, (options) => session.ec2(environment.region).send(command, options));
  return answer.SecurityGroups ?? [];
}

/** The id of the environment's group in this network; throws "conflict" where it is missing. */
export async function groupId(
  session: Ec2Session,
  environment: EnvironmentSpec,
  vpcId: string,
  signal: AbortSignal,
): Promise<string> {
  const group = (await findGroups(session, environment, signal)).find((one) => one.VpcId === vpcId);
  if (group?.GroupId) return group.GroupId;
  throw new ProviderError("conflict", `The security group of ${environment.name} is missing.`);
}

/** Makes the group where it is missing, and brings its rules to what is wanted: none more, none less. */
export async function ensureGroup(
  session: Ec2Session,
  environment: EnvironmentSpec,
  vpcId: string,
  signal: AbortSignal,
): Promise<void> {
  const known = (await findGroups(session, environment, signal)).find((one) => one.VpcId === vpcId);
  const group = known ?? (await createGroup(session, environment, vpcId, signal));
  const GroupId = group.GroupId ?? "";
  const client = session.ec2(environment.region);
  const wanted = wantedRules(environment, GroupId);
  const present = group.IpPermissions ?? [];
  const toAdd = missing(wanted, present);
  const toRemove = missing(present, wanted);
  if (toAdd.length > 0) {
    const command = new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: toAdd });
    await eventually(() => ask(signal, (options) => client.send(command, options)), signal).catch(
      unless("InvalidPermission.Duplicate"),
    );
  }
  if (toRemove.length > 0) {
    const command = new ec2.RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: toRemove });
    await ask(signal, (options) => client.send(command, options)).catch(unless("InvalidPermission.NotFound"));
  }
}

/** A group of that name is ours by the environment's id in it; another worker, or an unseen first try, may have made it. */
async function createGroup(session: Ec2Session, environment: EnvironmentSpec, vpcId: string, signal: AbortSignal) {
  const client = session.ec2(environment.region);
  const command = new ec2.CreateSecurityGroupCommand({
    GroupName: nameOf(environment),
    Description: `CloudHero environment ${environment.name}`,
    VpcId: vpcId,
    TagSpecifications: [specification("security-group", environmentTags(environment, environment.name))],
  });
  const made = await eventually(() => ask(signal, (options) => client.send(command, options)), signal).catch(
    unless("InvalidGroup.Duplicate"),
  );
  return eventually(() => seen(session, environment, vpcId, made?.GroupId, signal), signal);
}

/** The group once AWS shows it; before that, an error that counts as "not found yet". */
async function seen(
  session: Ec2Session,
  environment: EnvironmentSpec,
  vpcId: string,
  id: string | undefined,
  signal: AbortSignal,
) {
  const group = (await findGroups(session, environment, signal)).find((one) => one.VpcId === vpcId);
  if (group) return group;
  const cause = Object.assign(new Error("not visible yet"), { name: "InvalidGroup.NotFound" });
  const what = id ? `The new security group ${id}` : `A security group ${nameOf(environment)}, which is not ours,`;
  throw new ProviderError("conflict", `${what} does not show in ${environment.region}.`, { cause });
}

/** Deletes the environment's groups; false while a server still uses one. */
export async function removeGroups(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<boolean> {
  const client = session.ec2(environment.region);
  let all = true;
  for (const { GroupId } of await findGroups(session, environment, signal)) {
    try {
      await ask(signal, (options) => client.send(new ec2.DeleteSecurityGroupCommand({ GroupId }), options));
    } catch (error) {
      if (awsCode(error) === "DependencyViolation") all = false;
      else if (!isNotFound(error)) throw error;
    }
  }
  return all;
}

function unless(code: string) {
  return (error: unknown): undefined => {
    if (awsCode(error) !== code) throw error;
  };
}
