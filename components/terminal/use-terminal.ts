import { useCallback, useEffect, useRef, useState } from "react";
import { type Connection, connect, type End } from "./connection.ts";
import type { Screen } from "./screen.ts";

export type Status = "connecting" | "open" | End;

const fontKey = "terminal-font-px";
const spokenKey = "terminal-spoken";
export const fonts = { least: 10, most: 24, usual: 13 };

const keptFont = () => Number(localStorage.getItem(fontKey)) || fonts.usual;

/** A terminal at `path` in the element of `box`; its parts are loaded when it is opened. */
export function useTerminal(path: string, label: string, onLeave: () => void) {
  const box = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen>(undefined);
  const connection = useRef<Connection>(undefined);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  const [status, setStatus] = useState<Status>("connecting");
  const [notice, setNotice] = useState("");
  const [fontPx, setFontPx] = useState(fonts.usual);
  const [isSpoken, setSpoken] = useState(false);

  const dial = useCallback(() => {
    const shown = screen.current;
    if (!shown) return;
    connection.current?.close();
    setStatus("connecting");
    setNotice("");
    connection.current = connect(path, shown.size(), {
      onBytes: shown.write,
      onReady: () => {
        setStatus("open");
        shown.focus();
      },
      onNotice: setNotice,
      onEnd: (end) => {
        setNotice("");
        setStatus(end);
        shown.say(end.message);
      },
    });
  }, [path]);

  useEffect(() => {
    let isGone = false;
    const [font, spoken] = [keptFont(), localStorage.getItem(spokenKey) === "yes"];
    setFontPx(font);
    setSpoken(spoken);
    void import("./screen.ts").then(({ openScreen }) => {
      if (isGone || !box.current) return;
      screen.current = openScreen(box.current, {
        label,
        fontPx: font,
        isSpoken: spoken,
        onData: (bytes) => {
          setNotice("");
          connection.current?.send(bytes);
        },
        onResize: (size) => connection.current?.resize(size),
        onLeave: () => leave.current(),
      });
      dial();
    });
    return () => {
      isGone = true;
      connection.current?.close();
      screen.current?.close();
      screen.current = undefined;
    };
  }, [dial, label]);

  return {
    box,
    screen,
    status,
    notice,
    dial,
    fontPx,
    isSpoken,
    type: (text: string) => {
      connection.current?.send(new TextEncoder().encode(text));
      screen.current?.focus();
    },
    setFont(px: number) {
      const within = Math.min(Math.max(px, fonts.least), fonts.most);
      localStorage.setItem(fontKey, String(within));
      setFontPx(within);
      screen.current?.setFont(within);
    },
    toggleSpoken() {
      localStorage.setItem(spokenKey, isSpoken ? "no" : "yes");
      setSpoken(!isSpoken);
      screen.current?.setSpoken(!isSpoken);
    },
  };
}
