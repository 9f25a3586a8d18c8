/** A lock file that a living process holds; a dead process's lock is nobody's. */
export type Held = { release(): void };
/** Takes `file` for this process, or answers the process id that holds it. Throws what the file system throws. */
export function tryLock(file: string): Held | { holder: number };
/**
 * Takes `file`, waiting up to `timeoutMs` for its holder, of which `onWait` hears once.
 * Throws an Error naming the holder when the time is over.
 */
export function lock(file: string, timeoutMs: number, onWait: (holder: number) => void): Promise<Held>;
