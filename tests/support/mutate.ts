/** Stands for a list nested deeper than JSON.stringify would follow. */
const DEEP = "@deep@";
const deepList = "[".repeat(50_000) + "]".repeat(50_000);

/** Values that somebody has broken a server with. */
export const NASTY: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -0.5,
  9007199254740992,
  "",
  " ",
  "0",
  "80",
  "null",
  "\u0000",
  "web\u0000",
  "\ud800",
  "a\udfff b",
  "\u202e\u200b\ufeff",
  "\n\r\t\u001b[31m",
  "💩".repeat(30),
  "ÄÖ İı ﬀ",
  "'; drop table users; --",
  "%_\\",
  "../../etc/passwd",
  "${7*7}{{7*7}}$(id)`id`",
  "http://[::1]:99999/",
  "unix:///var/run/none.sock",
  "tcp://127.0.0.1:99999",
  "tcp://169.254.169.254:80",
  "•".repeat(8),
  "0.0.0.0/99",
  "x".repeat(70),
  "x".repeat(100_000),
  "constructor",
  "__proto__",
  [],
  [null],
  [[]],
  Array.from({ length: 600 }, () => "x"),
  {},
  { toString: null, length: -1 },
  { "": "", "a\u0000b": 1 },
  [[[[[[[[[[]]]]]]]]]],
  DEEP,
];

/** Written, not built: an object literal with this key would have no such property. */
const PROTOTYPE = '{"__proto__":{"admin":true},"constructor":{"prototype":{}},"hasOwnProperty":1}';

type Random = () => number;
const oneOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** A JSON text with one to three places changed for the worse; as text, so that it may hold what no object does. */
export function mutate(json: string, random: Random): string {
  let value = JSON.parse(json) as unknown;
  const changes = 1 + Math.floor(random() * 3);
  for (let change = 0; change < changes; change++) value = worsen(value, random);
  const text = JSON.stringify(value).replaceAll(JSON.stringify(DEEP), deepList);
  if (random() > 0.1) return text;
  return text.startsWith("{") && text !== "{}" ? `${PROTOTYPE.slice(0, -1)},${text.slice(1)}` : PROTOTYPE;
}

function worsen(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || random() < 0.1) return oneOf(random, NASTY);
  if (Array.isArray(value)) return worsenList(value, random);
  const keys = Object.keys(value);
  if (keys.length === 0 || random() < 0.1) return { ...value, [`key ${random()}`]: oneOf(random, NASTY) };
  const key = oneOf(random, keys);
  if (random() < 0.15) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: worsen((value as Record<string, unknown>)[key], random) };
}

function worsenList(list: unknown[], random: Random): unknown[] {
  if (list.length === 0 || random() < 0.2) return [...list, oneOf(random, NASTY)];
  if (random() < 0.1) return [...list, ...list];
  const index = Math.floor(random() * list.length);
  return list.map((item, place) => (place === index ? worsen(item, random) : item));
}
