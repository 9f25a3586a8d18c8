import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { bytesText, counted } from "./sizes.ts";

type PruneProps = { images: number; bytes: number; prune: () => Promise<string | undefined> };

/** Removes what no container uses, after saying how much that is. */
export function PruneImages({ images, bytes, prune }: PruneProps) {
  return (
    <ConfirmButton
      title={`Remove ${counted(images, "unused image")}?`}
      confirm="Remove them"
      danger
      onConfirm={prune}
      trigger={`Remove ${counted(images, "unused image")}`}
    >
      <p>
        Every image that no container uses, running or stopped, goes from every node. That frees up to{" "}
        {bytesText(bytes)}: less where images share layers. What was built here and pushed nowhere is lost; all else is
        pulled again when it is needed.
      </p>
    </ConfirmButton>
  );
}
