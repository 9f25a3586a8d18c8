import Link from "next/link";
import { Section } from "#components/ui/section.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { ContainerDetail } from "#lib/console/container.ts";
import { Pairs } from "./pairs.tsx";

type PartsProps = { own: string; container: ContainerDetail };

/** Ports, mounts, networks and labels; only those that there are. */
export function ContainerParts({ own, container: { ports, mounts, networks, labels } }: PartsProps) {
  return (
    <>
      {ports.length > 0 && (
        <Section title="Ports">
          <Pairs
            pairs={ports.map(({ inner, outer, url }) => [
              inner,
              url ? (
                <a
                  key={outer}
                  href={url}
                  target="_blank"
                  rel="noreferrer"
                  className="rounded-sm text-accent hover:underline"
                >
                  {url}
                </a>
              ) : (
                outer
              ),
            ])}
          />
        </Section>
      )}
      {mounts.length > 0 && (
        <Section title="Mounts">
          <Table caption="Mounts">
            <thead>
              <tr>
                <HeadCell>In the container</HeadCell>
                <HeadCell>From</HeadCell>
                <HeadCell>May</HeadCell>
              </tr>
            </thead>
            <tbody>
              {mounts.map(({ type, name, source, target, writable }) => (
                <Row key={target}>
                  <Cell className="break-all font-mono text-xs">{target}</Cell>
                  <Cell className="break-all text-ink-soft">
                    {type} {name ?? source}
                  </Cell>
                  <Cell className="text-ink-soft">{writable ? "write" : "read"}</Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
      {networks.length > 0 && (
        <Section title="Networks">
          <Pairs
            pairs={networks.map(({ id, name, address, aliases }) => [
              name,
              <span key={id} className="flex flex-wrap gap-x-3">
                <Link href={`${own}/networks/${id}`} className="rounded-sm hover:underline">
                  {address || "no address"}
                </Link>
                {aliases.length > 0 && <span className="text-ink-faint">{aliases.join(", ")}</span>}
              </span>,
            ])}
          />
        </Section>
      )}
      {labels.length > 0 && (
        <details>
          <summary className="w-fit rounded-sm font-semibold">Labels ({labels.length})</summary>
          <div className="mt-3 break-all">
            <Pairs pairs={labels} />
          </div>
        </details>
      )}
    </>
  );
}
