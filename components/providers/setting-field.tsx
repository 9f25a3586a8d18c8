import { SelectField, TextAreaField, TextField } from "#components/ui/field.tsx";
import type { ProviderField } from "./provider-fields.ts";

type SettingProps = {
  field: ProviderField;
  error?: string;
  value?: string;
  placeholder?: string;
  onChange?: (text: string) => void;
};

/** One of a provider's settings, as it is asked for. */
export function SettingField({ field, error, value, placeholder, onChange }: SettingProps) {
  const { name, label, hint, secret, lines, choices } = field;
  const text = { name, label, hint, error, placeholder: placeholder ?? field.placeholder, autoComplete: "off" };
  if (choices)
    return (
      <SelectField {...{ name, label, hint, error }} defaultValue={value}>
        {choices.map(([choice, title]) => (
          <option key={choice} value={choice}>
            {title}
          </option>
        ))}
      </SelectField>
    );
  if (lines) return <TextAreaField {...text} placeholder={placeholder ?? "-----BEGIN …"} defaultValue={value} />;
  return (
    <TextField
      {...text}
      type={secret ? "password" : "text"}
      spellCheck={false}
      defaultValue={value}
      onChange={onChange && ((event) => onChange(event.target.value))}
    />
  );
}
