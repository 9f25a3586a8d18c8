import { Clock, Search, WrapText } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/field.tsx";
import type { Wanted } from "./line.ts";

type ToolsProps = {
  wanted: Wanted;
  setWanted: (wanted: Wanted) => void;
  phases: readonly string[];
  wraps: boolean;
  toggleWraps: () => void;
  showsTimes: boolean;
  toggleTimes: () => void;
  actions: ReactNode;
};

/** Over a log: what is looked for, and how it is shown. */
export function LogTools({ wanted, setWanted, phases, actions, ...look }: ToolsProps) {
  const { wraps, toggleWraps, showsTimes, toggleTimes } = look;
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
      <div className="relative min-w-40 flex-1 basis-48">
        <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" aria-hidden />
        <input
          type="search"
          aria-label="Search the log"
          placeholder="Search"
          value={wanted.search}
          onChange={(event) => setWanted({ ...wanted, search: event.target.value })}
          className={`${controlClass} h-8 pl-8`}
        />
      </div>
      <LogSelect
        label="Level"
        value={wanted.level}
        choose={(level) => setWanted({ ...wanted, level: level as Wanted["level"] })}
      >
        <option value="all">All lines</option>
        <option value="warnings">Warnings and errors</option>
        <option value="errors">Errors</option>
      </LogSelect>
      {phases.length > 0 && (
        <LogSelect label="Phase" value={wanted.phase} choose={(phase) => setWanted({ ...wanted, phase })}>
          <option value="">All phases</option>
          {phases.map((phase) => (
            <option key={phase}>{phase}</option>
          ))}
        </LogSelect>
      )}
      <Toggle label="Wrap lines" isOn={wraps} toggle={toggleWraps} icon={<WrapText className="size-4" aria-hidden />} />
      <Toggle label="Times" isOn={showsTimes} toggle={toggleTimes} icon={<Clock className="size-4" aria-hidden />} />
      {actions}
    </div>
  );
}

type SelectProps = { label: string; value: string | number; choose: (value: string) => void; children: ReactNode };

export function LogSelect({ label, value, choose, children }: SelectProps) {
  return (
    <div className="w-40 shrink-0">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className={`${controlClass} h-8 pr-1 pl-2 text-xs`}
      >
        {children}
      </select>
    </div>
  );
}

function Toggle({ label, isOn, toggle, icon }: { label: string; isOn: boolean; toggle: () => void; icon: ReactNode }) {
  return (
    <Button
      size="icon"
      variant="ghost"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={toggle}
      className="aria-pressed:bg-raised aria-pressed:text-ink"
    >
      {icon}
    </Button>
  );
}
