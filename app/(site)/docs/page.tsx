import type { Metadata } from "next";
import { BlockDiagram } from "#components/docs/block-diagram.tsx";
import { Chapters } from "#components/docs/chapters.tsx";
import { reference } from "#lib/api/reference/chapters.ts";
import { exampleFor } from "#lib/api/reference/example.ts";
import { docsReader } from "./reader.ts";

export const metadata: Metadata = {
  title: "API reference",
  description: "Every endpoint of CloudHero's JSON API, with examples in Shell, Python and JavaScript.",
};

export default async function ReferencePage() {
  const reader = await docsReader();
  return (
    <>
      <h1 className="sr-only">API reference</h1>
      <Chapters
        chapters={reference()}
        exampleOf={(topic) => exampleFor(topic, reader)}
        figures={{ introduction: <BlockDiagram /> }}
      />
    </>
  );
}
