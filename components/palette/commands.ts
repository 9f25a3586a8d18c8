import type { LucideIcon } from "lucide-react";
import {
  Container,
  Copy,
  CopyPlus,
  Play,
  Scaling,
  ScrollText,
  Settings,
  Square,
  SquareTerminal,
  Trash2,
} from "lucide-react";

export type Found = {
  id: string;
  name: string;
  application_name: string;
  state: string;
  wish: "run" | "stop" | "delete";
  servers: number;
  docker: boolean;
  first_node: string | null;
};

/** What can be done to an environment from the palette: a word, then its name. */
export type Verb = {
  word: string;
  label: string;
  Icon: LucideIcon;
  /** Which environments it is for, as the search's parameters. */
  among: Record<string, string>;
  forOperators?: boolean;
};

export const verbs: Verb[] = [
  { word: "stop", label: "Stop", Icon: Square, among: { wish: "run" }, forOperators: true },
  { word: "start", label: "Start", Icon: Play, among: { wish: "stop" }, forOperators: true },
  { word: "docker", label: "Docker of", Icon: Container, among: { docker: "true" } },
  { word: "logs", label: "Log of", Icon: ScrollText, among: {} },
  { word: "terminal", label: "Terminal on", Icon: SquareTerminal, among: { wish: "run" }, forOperators: true },
  { word: "scale", label: "Scale", Icon: Scaling, among: {}, forOperators: true },
  { word: "settings", label: "Settings of", Icon: Settings, among: {} },
  { word: "clone", label: "Clone", Icon: CopyPlus, among: {}, forOperators: true },
  { word: "delete", label: "Delete", Icon: Trash2, among: {}, forOperators: true },
  { word: "copy", label: "Copy id of", Icon: Copy, among: {} },
];

/** The verb that a text begins with, and the rest; no verb: the whole text. */
export function readCommand(text: string, allowed: Verb[]): { verb?: Verb; rest: string } {
  const [, word, rest] = /^\s*(\S+)\s+(.*)$/s.exec(`${text} `) ?? [];
  const verb = text.includes(" ") ? allowed.find((one) => one.word === word?.toLowerCase()) : undefined;
  return verb ? { verb, rest: (rest ?? "").trim() } : { rest: text.trim() };
}

/** Where a verb leads, for those that only go somewhere. */
export function pathOf(verb: Verb | undefined, { id, first_node }: Found): string {
  const own = `/dashboard/environments/${id}`;
  const node = first_node && `${own}/nodes/${encodeURIComponent(first_node)}`;
  if (verb?.word === "clone") return `/dashboard/environments/new?from=${id}`;
  // There it is said what is lost, and asked.
  if (verb?.word === "delete") return `${own}/settings#danger`;
  if (verb && ["docker", "scale", "settings"].includes(verb.word)) return `${own}/${verb.word}`;
  if (verb?.word === "logs" && node) return `${node}/log`;
  if (verb?.word === "terminal" && node) return `${node}/terminal`;
  return own;
}
