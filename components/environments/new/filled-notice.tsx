import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** What has filled the form in, which can be undone. */
export function FilledNotice({ by, undo }: { by: string | undefined; undo: () => void }) {
  if (!by) return null;
  return (
    <Notice
      actions={
        <Button size="small" onClick={undo}>
          Undo
        </Button>
      }
    >
      <span role="status">{by}</span>
    </Notice>
  );
}
