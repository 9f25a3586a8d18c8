import type { ReactNode } from "react";
import type { WholeChapter, WholeTopic } from "#lib/api/reference/chapters.ts";
import type { ExampleCode } from "./example.tsx";
import { Prose } from "./prose.tsx";
import { Headline, Panes, TopicSection } from "./topic-section.tsx";

type ChaptersProps = {
  chapters: WholeChapter[];
  exampleOf(topic: WholeTopic): ExampleCode;
  /** What stands under a chapter's prose, by its id. */
  figures?: Record<string, ReactNode>;
  topLevel?: 1 | 2;
  brief?: boolean;
};

/** The reference's chapters over the dark pane that runs along all of them. */
export function Chapters({ chapters, exampleOf, figures = {}, topLevel = 2, brief = false }: ChaptersProps) {
  return (
    <div className="xl:bg-linear-to-r xl:from-50% xl:from-transparent xl:to-50% xl:to-console print:bg-none">
      {chapters.map((chapter) => (
        <div key={chapter.id}>
          <Panes
            id={chapter.id}
            left={
              <>
                <Headline id={chapter.id} title={chapter.title} level={topLevel} big />
                <Prose blocks={chapter.prose} />
                {figures[chapter.id]}
              </>
            }
          />
          {chapter.topics.map((topic) => (
            <TopicSection
              key={topic.id}
              topic={topic}
              example={exampleOf(topic)}
              brief={brief}
              level={topLevel === 1 ? 2 : 3}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
