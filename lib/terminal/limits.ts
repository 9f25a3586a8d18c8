import { AppError } from "#lib/errors.ts";

/** Terminals that may be open at once, in this process. */
export const atOnce = { user: 10, organisation: 50, all: 500 };

const open = new Map<string, number>();
const add = (key: string, change: number) => {
  const now = (open.get(key) ?? 0) + change;
  if (now > 0) open.set(key, now);
  else open.delete(key);
};

type Owner = { user: { id: string }; organisation: { id: string } };

/** Counts one more terminal of this user; answers how to let go. Throws "rate_limited" where there are enough. */
export function takePlace({ user, organisation }: Owner): () => void {
  const places = [
    { key: `user ${user.id}`, most: atOnce.user, whose: "you have" },
    { key: `organisation ${organisation.id}`, most: atOnce.organisation, whose: "your organisation has" },
    { key: "all", most: atOnce.all, whose: "this CloudHero has" },
  ];
  const full = places.find(({ key, most }) => (open.get(key) ?? 0) >= most);
  if (full) throw new AppError("rate_limited", `${full.most} terminals are all that ${full.whose} at once: close one.`);
  for (const { key } of places) add(key, 1);
  let isTaken = true;
  return () => {
    if (isTaken) for (const { key } of places) add(key, -1);
    isTaken = false;
  };
}
