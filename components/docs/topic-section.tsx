import type { ReactNode } from "react";
import type { WholeTopic } from "#lib/api/reference/chapters.ts";
import type { OperationView } from "#lib/api/reference/operations.ts";
import { Example, type ExampleCode } from "./example.tsx";
import { FieldTable } from "./field-table.tsx";
import { Prose } from "./prose.tsx";

/** Prose on the left, its example in the dark pane; one under the other on narrow screens. */
export function Panes({ id, left, right }: { id: string; left: ReactNode; right?: ReactNode }) {
  return (
    <section id={id} data-topic className="scroll-mt-24 lg:scroll-mt-14 xl:grid xl:grid-cols-2 print:block">
      <div className="min-w-0 border-line border-t px-5 py-8 sm:px-8 lg:px-10 lg:py-10">{left}</div>
      {right ? (
        <div className="min-w-0 bg-console px-5 py-5 sm:px-8 xl:bg-transparent xl:py-0 print:bg-transparent">
          {right}
        </div>
      ) : null}
    </section>
  );
}

type HeadlineProps = { id: string; title: string; level: 1 | 2 | 3; big?: boolean };

export function Headline({ id, title, level, big = false }: HeadlineProps) {
  const Tag = `h${level}` as const;
  return (
    <Tag className={`font-semibold tracking-tight ${big ? "text-2xl" : "text-lg"}`}>
      {title}
      <a href={`#${id}`} aria-label={`Link to ${title}`} className="docs-anchor">
        #
      </a>
    </Tag>
  );
}

const methodInk = { GET: "text-busy", POST: "text-good", PUT: "text-warn", DELETE: "text-bad" };

type TopicProps = {
  topic: WholeTopic;
  example: ExampleCode;
  level: 2 | 3 /** Without the contract's tables. */;
  brief: boolean;
};

export function TopicSection({ topic, example, level, brief }: TopicProps) {
  const operation = brief ? undefined : topic.operation;
  return (
    <Panes
      id={topic.id}
      left={
        <>
          <Headline id={topic.id} title={topic.title} level={level} />
          {operation && <OperationLine operation={operation} />}
          {topic.prose.length === 0 && <Prose blocks={[`${operation?.summary}.`]} />}
          <Prose blocks={topic.prose} />
          {operation && topic.first !== false && <Tables operation={operation} />}
        </>
      }
      right={<Example {...example} title={topic.title} />}
    />
  );
}

function OperationLine({ operation: { method, path, access, scope } }: { operation: OperationView }) {
  return (
    <p className="mt-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <code className="break-all font-mono text-xs">
        <span className={`font-semibold ${methodInk[method]}`}>{method}</span> {path}
      </code>
      <span className="text-ink-faint text-xs">
        {access === "public" ? "no token needed" : `${access} and up${scope ? `, scope ${scope}` : ""}`}
      </span>
    </p>
  );
}

function Tables({ operation }: { operation: OperationView }) {
  return (
    <>
      <FieldTable title="In the path" fields={operation.pathFields} />
      <FieldTable title="In the query" fields={operation.queryFields} />
      <FieldTable title="In the body" fields={operation.bodyFields} />
      {operation.errors.length > 0 && (
        <p className="docs-errors">
          <span>Errors:</span>
          {operation.errors.map(({ code, status }) => (
            <a key={code} href={`/docs/errors#${code}`}>{`${status} ${code}`}</a>
          ))}
        </p>
      )}
    </>
  );
}
