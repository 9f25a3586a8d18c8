"use client";

import { type Dispatch, useEffect, useState } from "react";
import { type Carried, carryOver } from "#lib/model/carry-over.ts";
import type { DraftChange } from "./change-draft.ts";
import { ClonedFrom } from "./cloned-from.tsx";
import type { Draft } from "./draft.ts";
import { type Source, valuesOf } from "./source.ts";
import type { Described } from "./use-metadata.ts";

type ClonedProps = {
  source: Source;
  draft: Draft;
  /** Of the chosen provider; absent while it is asked. */
  choices: Described["choices"] | undefined;
  settle: Dispatch<DraftChange>;
};

/** Brings a clone's choices to the provider and region that are chosen, and says what is not there. */
export function Cloned({ source, draft: { providerId, region }, choices, settle }: ClonedProps) {
  const [lost, setLost] = useState<Carried["lost"]>([]);
  useEffect(() => {
    if (!choices || !region) return;
    const carried = carryOver(source.choices, targetOf(choices, source, providerId, region));
    setLost(carried.lost);
    settle({ do: "set", values: valuesOf(carried.choices) });
  }, [source, choices, providerId, region, settle]);
  return <ClonedFrom source={source} lost={lost} />;
}

const targetOf = (
  { images, network, disk_gib: disk }: Described["choices"],
  source: Source,
  to: string,
  region: string,
) => ({
  images,
  network,
  disk,
  sameProvider: source.providerId === to,
  sameRegion: source.region === region,
});
