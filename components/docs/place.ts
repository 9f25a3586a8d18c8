const nav = () => document.getElementById("docs-nav");

/** Marks the entry of a page, or of a headline in it, in the table of contents, and opens its chapter. */
export function markPlace(path: string, hash: string): void {
  const links = [...(nav()?.querySelectorAll<HTMLAnchorElement>("a[href]") ?? [])];
  const found =
    links.find((link) => link.getAttribute("href") === `${path}${hash}`) ??
    links.find((link) => link.getAttribute("href")!.split("#")[0] === path);
  for (const link of links) link.removeAttribute("aria-current");
  for (const chapter of nav()?.querySelectorAll("[data-chapter]") ?? []) chapter.removeAttribute("data-open");
  found?.setAttribute("aria-current", "true");
  found?.closest("[data-chapter]")?.setAttribute("data-open", "");
  if (found) keepInView(found);
}

/** Follows the reader's scrolling through the topics of a page; answers how to stop. */
export function watchPlace(path: string): () => void {
  const topics = nav()?.querySelector(`a[href^="${path}#"]`)
    ? [...document.querySelectorAll<HTMLElement>("[data-topic]")]
    : [];
  let marked = "";
  const mark = () => {
    const line = 120;
    const here = topics.findLast((topic) => topic.getBoundingClientRect().top <= line) ?? topics[0];
    if (!here || here.id === marked) return;
    marked = here.id;
    markPlace(path, `#${marked}`);
  };
  let waiting = 0;
  const scrolled = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(mark);
  };
  mark();
  addEventListener("scroll", scrolled, { passive: true });
  return () => {
    cancelAnimationFrame(waiting);
    removeEventListener("scroll", scrolled);
  };
}

function keepInView(link: HTMLElement): void {
  const frame = link.closest<HTMLElement>("[data-nav-scroll]");
  if (!frame) return;
  const [inner, outer] = [link.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) frame.scrollTop += inner.top - outer.top - outer.height / 3;
}
