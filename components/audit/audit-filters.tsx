import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-look.ts";
import { controlClass } from "#components/ui/field.tsx";
import { auditSubjects, inWords } from "#lib/model/audit-words.ts";

export type AuditSearch = Partial<Record<"actor" | "action" | "target" | "since" | "until", string>>;

const label = "flex min-w-0 flex-1 basis-36 flex-col gap-1 font-medium text-xs text-ink-soft";

/** What of the log is shown; it stands in the URL. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const { actor, action, target, since, until } = search;
  const isOwnAction = action !== undefined && !(action in auditSubjects);
  return (
    <Form action="/dashboard/audit" role="search" className="mb-4 flex flex-wrap items-end gap-3">
      {target && <input type="hidden" name="target" value={target} />}
      <label className={label}>
        Who
        <input
          type="search"
          name="actor"
          defaultValue={actor}
          placeholder="name@company"
          className={`${controlClass} h-9`}
        />
      </label>
      <label className={label}>
        What
        <select name="action" defaultValue={action ?? ""} className={`${controlClass} h-9`}>
          <option value="">Everything</option>
          {isOwnAction && <option value={action}>{inWords(action)}</option>}
          {Object.entries(auditSubjects).map(([subject, title]) => (
            <option key={subject} value={subject}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label className={label}>
        From
        <input type="date" name="since" defaultValue={since?.slice(0, 10)} className={`${controlClass} h-9`} />
      </label>
      <label className={label}>
        To
        <input type="date" name="until" defaultValue={until?.slice(0, 10)} className={`${controlClass} h-9`} />
      </label>
      <div className="flex gap-2">
        <Button type="submit">Filter</Button>
        {Object.values(search).some(Boolean) && (
          // A whole page, for what was typed outlives a change of the URL alone.
          <a href="/dashboard/audit" className={buttonClass({ variant: "ghost" })}>
            Clear
          </a>
        )}
      </div>
    </Form>
  );
}
