import type { EmulatedRequest } from "../server.ts";
import type { World } from "./world.ts";

export type RouteContext = {
  world: World;
  request: EmulatedRequest;
  params: string[];
  body: Record<string, unknown>;
  now: number;
  url: string;
};
export type Answer = { status: number; body?: unknown };
export type Route = { method: string; path: RegExp; scope: string; run: (ctx: RouteContext) => Answer };

/** One page of a listing, with the links and the total that the API gives; 20 a page unless asked, 200 at most. */
export function pageOf<T>(ctx: RouteContext, name: string, all: T[]): Answer {
  const { query, path } = ctx.request;
  const perPage = Math.min(Number(query.get("per_page") ?? 20), 200, ctx.world.behaviour.pageLimit);
  const page = Number(query.get("page") ?? 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const link = (number: number) => {
    const next = new URLSearchParams(query);
    next.set("page", String(number));
    next.set("per_page", String(perPage));
    return `${ctx.url}${path}?${next}`;
  };
  const pages = {
    ...(page > 1 ? { first: link(1), prev: link(page - 1) } : {}),
    ...(page < last ? { last: link(last), next: link(page + 1) } : {}),
  };
  const items = all.slice((page - 1) * perPage, page * perPage);
  return { status: 200, body: { [name]: items, links: last > 1 ? { pages } : {}, meta: { total: all.length } } };
}
