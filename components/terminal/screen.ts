import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";
import { allowStyles } from "./allow-styles.ts";
import { isCopy, isLeaving, isPaste } from "./keys.ts";

export type Size = { cols: number; rows: number };
export type Screen = {
  size(): Size;
  /** Answers when it is shown. */
  write(bytes: Uint8Array): Promise<void>;
  /** A line of ours among the program's. */
  say(text: string): void;
  paste(text: string): void;
  selection(): string;
  focus(): void;
  setFont(sizePx: number): void;
  setSpoken(isSpoken: boolean): void;
  close(): void;
};

type Listener = {
  label: string;
  fontPx: number;
  isSpoken: boolean;
  onData: (bytes: Uint8Array) => void;
  onResize: (size: Size) => void;
  /** The keys that leave the terminal were pressed. */
  onLeave: () => void;
};

/** Each at least 4.5:1 on the console's ground. */
const palette: ITheme = {
  black: "#3c3c46",
  red: "#ff8a84",
  green: "#5fd38d",
  yellow: "#f2b95c",
  blue: "#7fb2ff",
  magenta: "#d9a3ff",
  cyan: "#6fd6e0",
  white: "#d6d6dc",
  brightBlack: "#9a9aa6",
  brightRed: "#ffb0ab",
  brightGreen: "#93e5b2",
  brightYellow: "#ffd595",
  brightBlue: "#aacdff",
  brightMagenta: "#e8c8ff",
  brightCyan: "#a4e9f0",
  brightWhite: "#ffffff",
};

/** A terminal in `box`, whose colours it takes and whose size it keeps to. */
export function openScreen(box: HTMLElement, { label, fontPx, isSpoken, onData, onResize, onLeave }: Listener): Screen {
  const forbidStyles = allowStyles(document);
  const terminal = new Terminal({
    fontFamily: getComputedStyle(box).fontFamily,
    fontSize: fontPx,
    screenReaderMode: isSpoken,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    scrollback: 10_000,
    minimumContrastRatio: 4.5,
    macOptionIsMeta: true,
    theme: themeOf(box),
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(box);
  terminal.textarea?.setAttribute("aria-label", label);
  fit.fit();
  const encoder = new TextEncoder();
  terminal.onData((text) => onData(encoder.encode(text)));
  terminal.onBinary((text) => onData(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  terminal.onResize(onResize);
  terminal.attachCustomKeyEventHandler((event) => takeKey(event, terminal, onLeave));
  const stopWatching = watch(box, fit, terminal);
  return {
    size: () => ({ cols: terminal.cols, rows: terminal.rows }),
    write: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    say: (text) => terminal.write(`\r\n\x1b[0;2m${text}\x1b[0m\r\n`),
    paste: (text) => terminal.paste(text),
    selection: () => terminal.getSelection(),
    focus: () => terminal.focus(),
    setFont(sizePx) {
      terminal.options.fontSize = sizePx;
      fit.fit();
    },
    setSpoken(spoken) {
      terminal.options.screenReaderMode = spoken;
    },
    close() {
      stopWatching();
      terminal.dispose();
      forbidStyles();
    },
  };
}

/** False for keys that are ours, not the program's. */
function takeKey(event: KeyboardEvent, terminal: Terminal, onLeave: () => void): boolean {
  if (event.type !== "keydown") return true;
  if (isLeaving(event)) {
    event.preventDefault();
    onLeave();
    return false;
  }
  if (isPaste(event)) return false;
  if (!isCopy(event, terminal.hasSelection())) return true;
  event.preventDefault();
  void navigator.clipboard?.writeText(terminal.getSelection());
  terminal.clearSelection();
  return false;
}

/** Keeps to the box's size, and to the page's theme. */
function watch(box: HTMLElement, fit: FitAddon, terminal: Terminal): () => void {
  const recolour = () => {
    terminal.options.theme = themeOf(box);
  };
  const sized = new ResizeObserver(() => {
    if (box.clientHeight > 0) fit.fit();
  });
  sized.observe(box);
  const themed = new MutationObserver(recolour);
  themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", recolour);
  return () => {
    sized.disconnect();
    themed.disconnect();
    dark.removeEventListener("change", recolour);
  };
}

function themeOf(box: HTMLElement): ITheme {
  const { backgroundColor: background, color: foreground } = getComputedStyle(box);
  const selection = { selectionBackground: "#4f46e5", selectionForeground: "#ffffff" };
  return { ...palette, ...selection, background, foreground, cursor: foreground, cursorAccent: background };
}
