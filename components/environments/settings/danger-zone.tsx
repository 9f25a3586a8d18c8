"use client";

import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { DeletionWarning, deletionVerb } from "../live/deletion-warning.tsx";
import { useLive } from "../live/environment-context.ts";
import { SettingsCard } from "./settings-card.tsx";

/** What cannot be undone. */
export function DangerZone() {
  const { name, environment, acts, refresh } = useLive();
  const { protected: isProtected, nodes, wish } = environment;
  if (!acts || wish === "delete") return null;
  const remove = async () => {
    const refused = await acts.remove();
    refresh();
    return refused;
  };
  return (
    <SettingsCard
      id="danger"
      title="Delete the environment"
      lead={
        isProtected
          ? "It is protected: take the protection off first."
          : "All its servers, for good, with what is on their disks."
      }
      foot={
        <ConfirmButton
          title={`Delete ${name}?`}
          confirm={deletionVerb(nodes)}
          danger
          variant="danger"
          typed={name}
          disabled={isProtected}
          onConfirm={remove}
          trigger="Delete the environment"
        >
          <DeletionWarning nodes={nodes} />
        </ConfirmButton>
      }
    >
      <p className="text-ink-soft">
        {nodes.length === 1 ? "1 server" : `${nodes.length} servers`}:{" "}
        {nodes
          .slice(0, 5)
          .map((node) => node.name)
          .join(", ")}
        {nodes.length > 5 && " …"}
      </p>
    </SettingsCard>
  );
}
