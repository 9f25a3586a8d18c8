const FAMILIES: [pattern: RegExp, name: string, code: string][] = [
  [/^(p)\d/, "Running On-Demand P instances", "L-417A185B"],
  [/^(g|vt)\d/, "Running On-Demand G and VT instances", "L-DB2E81BA"],
  [/^(inf)\d/, "Running On-Demand Inf instances", "L-1945791B"],
  [/^(trn)\d/, "Running On-Demand Trn instances", "L-2C3B7624"],
  [/^(f)\d/, "Running On-Demand F instances", "L-74FC7D96"],
  [/^(x)\d/, "Running On-Demand X instances", "L-7295265B"],
  [/^(u-)/, "Running On-Demand High Memory instances", "L-43DA4232"],
  [/^(hpc)\d/, "Running On-Demand HPC instances", "L-F7808C92"],
  [/./, "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", "L-1216C47A"],
];

/** The quota (in vCPUs) that running servers of a size count against. https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
export function vcpuQuotaOf(size: string): { name: string; code: string } {
  const [, name, code] = FAMILIES.find(([pattern]) => pattern.test(size))!;
  return { name, code };
}

/** Explains a limit error by the quota's name, and its value where AWS said it; null for other errors. */
export function quotaMessage(code: string, message: string, size?: string): string | null {
  if (!/LimitExceeded$/.test(code) || code === "RequestLimitExceeded") return null;
  const value = /(?:limit|maximum)[^.]*? of (\d+)/i.exec(message)?.[1];
  const vcpu = code === "VcpuLimitExceeded" && size ? vcpuQuotaOf(size) : null;
  const name = vcpu ? `"${vcpu.name}" (${vcpu.code})` : code.replace(/LimitExceeded$/, "").toLowerCase();
  const stands = value ? `, which is ${value}${vcpu ? " vCPUs" : ""} in this region` : "";
  return `The account's quota ${name}${stands}, is used up; ask AWS to raise it under Service Quotas. AWS: ${message} (${code})`;
}
