"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type Save = (state: FormState, form: FormData) => Promise<FormState>;
type Known = Partial<Record<"name" | "url" | "username" | "email" | "password", string>>;

/** Adds a registry, or changes the one that is `known`; its password is kept where none is given. */
export function RegistryForm({ save, known }: { save: Save; known?: Known }) {
  const [{ message, fields, values, done }, submit] = useForm(save, blank);
  const text = (name: keyof Known) => ({ name, error: fields[name], defaultValue: values[name] ?? known?.[name] });
  return (
    <form key={done} action={submit} className="flex flex-col gap-5 p-5" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      {done && <Notice>Changed; what the registry says to it stands above.</Notice>}
      <TextField label="Name" placeholder="docker-hub" hint="For your own eyes." {...text("name")} />
      <TextField
        label="Address"
        placeholder="https://index.docker.io/v1/"
        hint="Empty: Docker Hub. With a path (https://ghcr.io/acme) it is for the images below that alone."
        inputMode="url"
        spellCheck={false}
        {...text("url")}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField label="User name" autoComplete="off" spellCheck={false} {...text("username")} />
        <TextField
          label="Password or access token"
          name="password"
          type="password"
          autoComplete="new-password"
          placeholder={known?.password}
          hint={known ? "Empty: stays as it is." : "A read-only access token is enough."}
          error={fields.password}
        />
      </div>
      <TextField label="E-mail (optional)" type="email" {...text("email")} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton>{known ? "Check and change" : "Check and add"}</SubmitButton>
        <p className="text-ink-faint text-xs">It is tried at once, and kept encrypted.</p>
      </div>
    </form>
  );
}
