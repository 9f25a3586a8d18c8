import type { _InstanceType } from "@aws-sdk/client-ec2";
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { ProviderError, type Quota } from "../provider.ts";
import { ask, type Ec2Session, remember } from "./client.ts";
import { awsCode } from "./errors.ts";
import { instancesWhere } from "./list.ts";
import { types } from "./metadata.ts";
import { vcpuQuotaOf } from "./quota.ts";

const TTL_MS = 10 * 60_000;
const TYPES_IN_A_CALL = 100;
/** Stopped servers do not count against the quotas. */
const RUNNING = [{ Name: "instance-state-name", Values: ["pending", "running"] }];

/** The quotas (in vCPUs) that servers of these sizes count against; those that the key may not read are left out. */
export async function quotasFor(
  session: Ec2Session,
  region: string,
  servers: Record<string, number>,
  signal: AbortSignal,
): Promise<Quota[]> {
  const running = await instancesWhere(session, region, RUNNING, signal);
  const used = countBy(running.map(({ InstanceType }) => InstanceType ?? ""));
  const vcpus = await vcpusOf(session, region, [...new Set([...Object.keys(servers), ...Object.keys(used)])], signal);
  const families = new Map(Object.keys(servers).map((size) => [vcpuQuotaOf(size).code, vcpuQuotaOf(size).name]));
  const sum = (sizes: Record<string, number>, code: string) =>
    Object.entries(sizes)
      .filter(([size]) => vcpuQuotaOf(size).code === code)
      .reduce((total, [size, count]) => total + count * (vcpus.get(size) ?? 0), 0);
  const quotas: Quota[] = [];
  for (const [code, name] of families) {
    const limit = await vcpuLimit(session, region, code, signal);
    if (limit !== null)
      quotas.push({ name, code, unit: "vCPUs", limit, used: sum(used, code), wanted: sum(servers, code) });
  }
  return quotas;
}

/** A quota's value in a region; null where the key may not read it. */
export function vcpuLimit(
  session: Ec2Session,
  region: string,
  code: string,
  signal: AbortSignal,
): Promise<number | null> {
  const wanted = { ServiceCode: "ec2", QuotaCode: code };
  const load = async () => {
    const client = session.quotas(region);
    const own = await ask(signal, (options) => client.send(new GetServiceQuotaCommand(wanted), options)).catch(
      (error: unknown) => {
        if (awsCode(error) !== "NoSuchResourceException") throw error;
        return ask(signal, (options) => client.send(new GetAWSDefaultServiceQuotaCommand(wanted), options));
      },
    );
    return own.Quota?.Value ?? null;
  };
  return remember(session, `quota ${region} ${code}`, TTL_MS, load).catch((error: unknown) => {
    if (error instanceof ProviderError && error.code === "unauthorized") return null;
    throw error;
  });
}

async function vcpusOf(session: Ec2Session, region: string, sizes: string[], signal: AbortSignal) {
  const known = new Map<string, number>();
  for (let start = 0; start < sizes.length; start += TYPES_IN_A_CALL) {
    const InstanceTypes = sizes.slice(start, start + TYPES_IN_A_CALL) as _InstanceType[];
    for (const type of await types(session, region, { InstanceTypes }, signal))
      known.set(type.InstanceType ?? "", type.VCpuInfo?.DefaultVCpus ?? 0);
  }
  return known;
}

function countBy(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
