/** `path` where it leads to a page of ours, else the dashboard: a link to the log-in page must not send people elsewhere. */
export function safePath(path: string | undefined): string {
  const fallback = "/dashboard";
  if (!path?.startsWith("/")) return fallback;
  const base = "http://ours.invalid";
  const url = URL.parse(path, base);
  // What is left of "/.//elsewhere" names another host to who reads it anew.
  const isOurs = url?.origin === base && !url.pathname.startsWith("//");
  return isOurs ? `${url.pathname}${url.search}` : fallback;
}
