import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Chapters } from "#components/docs/chapters.tsx";
import { wholeChapter } from "#lib/api/reference/chapters.ts";
import { exampleFor } from "#lib/api/reference/example.ts";
import { type Guide, guides } from "#lib/api/reference/guides.ts";
import { docsReader } from "../reader.ts";

type Props = { params: Promise<{ guide: string }> };

async function guideOf({ params }: Props): Promise<Guide> {
  const { guide } = await params;
  return guides.find(({ slug }) => slug === guide) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { chapter, description } = await guideOf(props);
  return { title: chapter.title, description };
}

export default async function GuidePage(props: Props) {
  const [{ chapter }, reader] = await Promise.all([guideOf(props), docsReader()]);
  return (
    <Chapters chapters={[wholeChapter(chapter)]} exampleOf={(topic) => exampleFor(topic, reader)} topLevel={1} brief />
  );
}
