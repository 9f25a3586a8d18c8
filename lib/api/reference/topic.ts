/** A piece of prose: a paragraph in which `code`, **bold** and [links](/docs) mean what they look like, or one of these. */
export type Block =
  | string
  | { list: string[] }
  | { head: string[]; rows: string[][] }
  | { note: string }
  | { code: string; label: string };

/** One headline of the docs, with an address of its own. */
export type Topic = {
  id: string;
  title: string;
  prose: Block[];
  /** The contract that it is about, as "POST /providers": its tables and examples stand here. */
  operation?: string;
  /** The example's body, where the operation's usual one would not show what the headline says. */
  body?: unknown;
  /** Lines for a shell, where no single request is the example; ORIGIN stands for the reader's own address. */
  code?: string;
  /** Said in place of "It answers". */
  answerNote?: string;
  /** The answer, where the operation's usual one would not fit. */
  answer?: unknown;
};

export type Chapter = {
  id: string;
  title: string;
  prose: Block[];
  /** Operations with this tag that no topic is about stand at its end. */
  tag?: string;
  topics: Topic[];
};
