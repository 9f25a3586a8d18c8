"use client";

import { Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "#components/ui/button.tsx";

/** Reads a file of the reader's own machine into the form; it is sent with the form, not before. */
export function ComposeUpload({ onRead }: { onRead: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (file) onRead(await file.text());
    if (input.current) input.current.value = "";
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".yml,.yaml,text/yaml"
        aria-label="Compose file to upload"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => read(event.target.files?.[0])}
      />
      <Button size="small" onClick={() => input.current?.click()}>
        <Upload className="size-3.5" aria-hidden />
        Upload a file
      </Button>
    </>
  );
}
