import type { WholeTopic } from "./chapters.ts";
import { pretty } from "./pretty.ts";
import { type Language, requestCode } from "./request-code.ts";
import { sampleIds } from "./samples.ts";

/** Whose examples they are: where the reader found us, and ids of theirs where they are known. */
export type Reader = { origin: string; providerId?: string | undefined; applicationId?: string | undefined };

export type Example = {
  request: Record<Language, string> | string | undefined;
  answer: string | undefined;
  note: string;
};

/** A topic's example for a reader. It never holds a token: code takes it from a variable. */
export function exampleFor({ operation, body, code, answer, answerNote }: WholeTopic, reader: Reader): Example {
  const answered = answer ?? operation?.answer;
  const note = answerNote ?? (operation ? answerNotes[operation.media] : undefined) ?? "It answers:";
  const shown = typeof answered === "string" ? answered : answered === undefined ? undefined : pretty(answered);
  if (code) return { request: own(code.replaceAll("ORIGIN", reader.origin), reader), answer: shown, note };
  if (!operation) return { request: undefined, answer: shown, note };
  const sent = JSON.parse(own(JSON.stringify({ body: body ?? operation.body }), reader)) as { body?: unknown };
  const request = requestCode({
    method: operation.method,
    url: `${reader.origin}${own(operation.filledPath, reader)}`,
    body: sent.body,
    media: operation.media,
    open: operation.access === "public",
  });
  return { request, answer: shown, note };
}

const answerNotes: Record<string, string> = {
  "text/event-stream": "It answers, for as long as you listen:",
  "text/plain": "It answers text:",
  "text/csv": "It answers lines of CSV:",
  "application/x-tar": "It answers a file:",
};

const own = (text: string, { providerId, applicationId }: Reader) =>
  text
    .replaceAll(sampleIds.provider, providerId ?? sampleIds.provider)
    .replaceAll(sampleIds.application, applicationId ?? sampleIds.application);
