"use client";

import { createContext, useContext } from "react";
import type { EnvironmentActs } from "./acts.ts";
import type { Feed } from "./feed.ts";
import type { LiveEnvironment } from "./live-environment.ts";

export type Live = {
  id: string;
  name: string;
  environment: LiveEnvironment;
  feed: Feed;
  /** Has the environment read again. */
  refresh: () => void;
  /** Absent where the asker may only look. */
  acts: EnvironmentActs | undefined;
};

export const LiveContext = createContext<Live | null>(null);

/** The environment whose pages these are, as it is now. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("outside an environment's pages");
  return live;
}
