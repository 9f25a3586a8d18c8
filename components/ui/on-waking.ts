const tickMs = 2_000;
/** A longer pause between ticks is sleep, and a page hidden for longer may have slept. */
const sleepMs = 8_000;

/**
 * Calls `wake` when the page may have missed something: the network is back, the page is looked at again after a
 * while (`hiddenMs`) or was kept by the browser, or the machine has slept. Answers how to stop.
 */
export function onWaking(wake: () => void, hiddenMs = sleepMs): () => void {
  let ticked = Date.now();
  let hiddenAt = document.visibilityState === "hidden" ? ticked : Number.POSITIVE_INFINITY;
  const seen = () => {
    if (document.visibilityState === "hidden") {
      hiddenAt = Date.now();
      return;
    }
    const away = Date.now() - hiddenAt;
    hiddenAt = Number.POSITIVE_INFINITY;
    if (away >= hiddenMs) wake();
  };
  const kept = (event: PageTransitionEvent) => event.persisted && wake();
  const timer = setInterval(() => {
    const paused = Date.now() - ticked;
    ticked = Date.now();
    if (paused > sleepMs && document.visibilityState === "visible") wake();
  }, tickMs);
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", kept);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", kept);
  };
}
