type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "shiftKey" | "metaKey" | "altKey">;

const is = ({ key }: Pressed, letter: string) => key.toLowerCase() === letter;

/** Tab belongs to the program, so that another key leaves the terminal. */
export const isLeaving = (event: Pressed) => event.key === "Escape" && event.shiftKey && !event.ctrlKey;

/** Ctrl-Shift-C, and Ctrl-C where something is selected; without a selection that is the program's. */
export const isCopy = (event: Pressed, isSelected: boolean) =>
  isSelected && event.ctrlKey && !event.altKey && !event.metaKey && (is(event, "c") || event.key === "Insert");

/** Left to the browser, which pastes by itself. */
export const isPaste = (event: Pressed) =>
  (event.ctrlKey && event.shiftKey && is(event, "v")) || (event.shiftKey && event.key === "Insert");

/** What a key that a phone lacks sends. */
export const touchKeys = [
  { name: "Esc", label: "Escape", sends: "\x1b" },
  { name: "Tab", label: "Tab", sends: "\t" },
  { name: "^C", label: "Control C", sends: "\x03" },
  { name: "^D", label: "Control D", sends: "\x04" },
  { name: "←", label: "Left", sends: "\x1b[D" },
  { name: "↑", label: "Up", sends: "\x1b[A" },
  { name: "↓", label: "Down", sends: "\x1b[B" },
  { name: "→", label: "Right", sends: "\x1b[C" },
] as const;
