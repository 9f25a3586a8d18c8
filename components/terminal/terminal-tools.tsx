import { AArrowDown, AArrowUp, ClipboardPaste, Copy, Ear, Maximize } from "lucide-react";
import type { ComponentType } from "react";
import { Button } from "#components/ui/button.tsx";
import { fonts, type useTerminal } from "./use-terminal.ts";

type ToolsProps = { terminal: ReturnType<typeof useTerminal>; isLarge: boolean; toggleLarge: () => void };

/** What a terminal has beside its keys: the clipboard, the size of its letters, speech, the whole screen. */
export function TerminalTools({ terminal, isLarge, toggleLarge }: ToolsProps) {
  const { screen, fontPx, setFont, isSpoken, toggleSpoken } = terminal;
  const copy = () => {
    const text = screen.current?.selection();
    if (text) void navigator.clipboard?.writeText(text);
  };
  const paste = async () => {
    const text = await navigator.clipboard?.readText().catch(() => "");
    if (text) screen.current?.paste(text);
    screen.current?.focus();
  };
  return (
    <>
      <Tool label="Copy what is selected" Icon={Copy} act={copy} />
      <Tool label="Paste" Icon={ClipboardPaste} act={paste} />
      <Tool
        label="Smaller letters"
        Icon={AArrowDown}
        act={() => setFont(fontPx - 1)}
        disabled={fontPx <= fonts.least}
      />
      <Tool label="Larger letters" Icon={AArrowUp} act={() => setFont(fontPx + 1)} disabled={fontPx >= fonts.most} />
      <Tool label="Speak output to screen readers" Icon={Ear} act={toggleSpoken} pressed={isSpoken} />
      <Tool label="Whole window" Icon={Maximize} act={toggleLarge} pressed={isLarge} />
    </>
  );
}

type ToolProps = {
  label: string;
  Icon: ComponentType<{ className?: string }>;
  act: () => unknown;
  disabled?: boolean;
  pressed?: boolean;
};

function Tool({ label, Icon, act, disabled, pressed }: ToolProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={() => void act()}
      className="aria-pressed:bg-raised aria-pressed:text-ink"
    >
      <Icon className="size-4" aria-hidden />
    </Button>
  );
}
