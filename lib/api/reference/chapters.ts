import { applications } from "./chapters/applications.ts";
import { authentication } from "./chapters/authentication.ts";
import { docker } from "./chapters/docker.ts";
import { environments } from "./chapters/environments.ts";
import { integrations } from "./chapters/integrations.ts";
import { introduction } from "./chapters/introduction.ts";
import { providers } from "./chapters/providers.ts";
import { system } from "./chapters/system.ts";
import { team } from "./chapters/team.ts";
import { type OperationView, operations } from "./operations.ts";
import type { Chapter, Topic } from "./topic.ts";

const written = [
  introduction,
  authentication,
  providers,
  applications,
  environments,
  docker,
  integrations,
  team,
  system,
];

/** A topic with what the contract that it is about says. */
export type WholeTopic = Omit<Topic, "operation"> & {
  operation: OperationView | undefined;
  /** False where a topic before it, of the same chapter, is about the same operation and has its tables. */
  first?: boolean;
};
export type WholeChapter = Omit<Chapter, "topics"> & { topics: WholeTopic[] };

let known: Map<string, OperationView> | undefined;

/** A chapter's topics with what their contracts say. */
export function wholeChapter(chapter: Chapter): WholeChapter {
  known ??= new Map(operations().map((operation) => [operation.key, operation]));
  const byKey = known;
  const told = new Set<string | undefined>();
  const whole = (topic: Topic): WholeTopic => {
    const first = !told.has(topic.operation);
    told.add(topic.operation);
    return { ...topic, operation: operationOf(byKey, topic), first };
  };
  return { ...chapter, topics: chapter.topics.map(whole) };
}

let whole: WholeChapter[] | undefined;

/** The reference: what was written, and every contract that nothing was written about, in its tag's chapter. */
export function reference(): WholeChapter[] {
  whole ??= assemble(operations());
  return whole;
}

function assemble(all: OperationView[]): WholeChapter[] {
  const told = new Set(written.flatMap(({ topics }) => topics.map(({ operation }) => operation)));
  // A GET that does what a POST does stands beside it.
  const untold = all.filter(({ key, unsafeGet }) => !told.has(key) && !unsafeGet);
  const ownTags = new Set(written.map(({ tag }) => tag));
  const chapters = written.map(wholeChapter).map((chapter) => ({
    ...chapter,
    topics: [...chapter.topics, ...untold.filter(({ tag }) => tag === chapter.tag).map(topicOf)],
  }));
  const others = Map.groupBy(
    untold.filter(({ tag }) => !ownTags.has(tag)),
    ({ tag }) => tag,
  );
  const more = [...others].map(([tag, list]) => ({
    id: slug(tag),
    title: tag,
    tag,
    prose: [],
    topics: list.map(topicOf),
  }));
  return [...chapters.slice(0, -1), ...more, ...chapters.slice(-1)];
}

function operationOf(byKey: Map<string, OperationView>, { operation, title }: Topic): OperationView | undefined {
  if (!operation) return undefined;
  const found = byKey.get(operation);
  if (!found) throw new Error(`"${title}" is about ${operation}, which is no contract.`);
  return found;
}

const topicOf = (operation: OperationView): WholeTopic => ({
  id: slug(operation.key),
  title: operation.summary.split(/[;:,]/)[0]!,
  operation,
  prose: [],
});

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
