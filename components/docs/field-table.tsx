import type { Field } from "#lib/api/reference/operations.ts";
import { Line } from "./prose.tsx";

/** The fields of a request's path, query or body, as its contract has them. */
export function FieldTable({ title, fields }: { title: string; fields: readonly Field[] }) {
  if (fields.length === 0) return null;
  return (
    <table className="docs-fields">
      <caption>{title}</caption>
      <thead className="sr-only">
        <tr>
          <th>Parameter</th>
          <th>Description</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ place, type, required, words }) => (
          <tr key={place}>
            <th>
              <code>{place}</code>
              {required && <em> required</em>}
            </th>
            <td>
              <Line text={words} />
              <small>{type}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
