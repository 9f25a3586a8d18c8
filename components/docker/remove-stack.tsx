"use client";

import { Trash2 } from "lucide-react";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import type { StackDetail } from "#lib/console/stacks/list.ts";
import { counted } from "./sizes.ts";

type RemoveProps = { name: string; stack: StackDetail; remove: () => Promise<string | undefined> };

/** Removes a stack after naming all that goes with it. */
export function RemoveStack({ name, stack: { services, networks, configs, secrets }, remove }: RemoveProps) {
  const lost = [
    ...services.map((service) => `the service ${service.name}, ${counted(service.running, "running task")}`),
    ...secrets.map((secret) => `the secret ${secret}, which nobody can read back`),
    ...configs.map((config) => `the config ${config}`),
    ...networks.map((network) => `the network ${network.name}`),
  ];
  return (
    <ConfirmButton
      title={`Remove the stack ${name}?`}
      confirm="Remove stack"
      danger
      onConfirm={remove}
      trigger={
        <>
          <Trash2 className="size-4" aria-hidden />
          Remove
        </>
      }
    >
      <p>Removed for good:</p>
      <ul className="max-h-48 list-disc overflow-y-auto pl-5">
        {lost.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
      <p>Its volumes stay, with what is in them. Until its tasks have ended, this takes up to half a minute.</p>
    </ConfirmButton>
  );
}
