"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** Loaded when it is opened. */
const SaveDialog = lazy(() => import("./save-dialog.tsx").then((file) => ({ default: file.SaveDialog })));

type SaveProps = {
  /** What the API takes beside a name: `nodes`, or `environment_id`. */
  servers: () => object;
  suggested?: string;
};

/** Keeps these servers as a template, under a name that is asked for. */
export function SaveTemplate({ servers, suggested = "" }: SaveProps) {
  const [opened, setOpened] = useState(0);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpened((count) => count + 1);
    setOpen(true);
  };
  return (
    <>
      <Button onClick={show}>Save as template</Button>
      {opened > 0 && (
        <Suspense>
          <SaveDialog key={opened} open={open} onClose={() => setOpen(false)} servers={servers} suggested={suggested} />
        </Suspense>
      )}
    </>
  );
}
