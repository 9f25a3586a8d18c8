import { TextField } from "#components/ui/field.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { webhookEvents, webhookEventWords } from "#lib/model/webhook-events.ts";

type Known = { name: string; url: string; events: readonly string[]; enabled: boolean };

/** What is asked of a webhook: its name, its address, and what it is told of. */
export function WebhookFields({ state: { fields, values }, known }: { state: FormState; known?: Known }) {
  const events = values.events !== undefined ? values.events.split(",") : (known?.events ?? []);
  return (
    <>
      <TextField
        label="Name"
        name="name"
        placeholder="alarms"
        hint="For your own eyes."
        error={fields.name}
        defaultValue={values.name ?? known?.name}
      />
      <TextField
        label="Address"
        name="url"
        inputMode="url"
        spellCheck={false}
        placeholder="https://hooks.example.com/cloudhero"
        hint="Gets a POST with JSON. It must answer 2xx within 10 s; redirects are not followed."
        error={fields.url}
        defaultValue={values.url ?? known?.url}
      />
      <fieldset>
        <legend className="font-medium text-sm">Events</legend>
        <p className="mt-0.5 mb-2 text-ink-faint text-xs">None chosen: all of them, and those to come.</p>
        <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {webhookEvents.map((event) => (
            <label key={event} className="flex items-start gap-2.5">
              <input
                type="checkbox"
                name="events"
                value={event}
                defaultChecked={events.includes(event)}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="block font-mono text-xs leading-5">{event}</span>
                <span className="block text-ink-faint text-xs">{webhookEventWords[event]}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
