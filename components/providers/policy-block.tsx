import { CodeBlock } from "#components/ui/code-block.tsx";

/** The least that credentials must be allowed: an IAM policy as it can be pasted, or a list of scopes. */
export function PolicyBlock({ policy, label }: { policy: object; label?: string }) {
  const scopes = "scopes" in policy && Array.isArray(policy.scopes) ? policy.scopes.join(" ") : null;
  return <CodeBlock code={scopes ?? JSON.stringify(policy, null, 2)} label={label ?? (scopes ? "scopes" : "policy")} />;
}
