type Sent = { id: string; event: string; data: { id: number; message: string; [field: string]: unknown } };

export type Followed = {
  headers: Headers;
  /** All that came, in order. */
  events: Sent[];
  /** Resolves when `enough` holds; throws what came by then after `timeoutMs`. */
  until(enough: (followed: Followed) => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
};

/** Follows server-sent events as a browser does: frames end at an empty line, comments are dropped. */
export async function followServer(url: string, headers: Record<string, string>): Promise<Followed> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  let wake = () => {};
  const followed: Followed = {
    headers: response.headers,
    events: [],
    async until(enough, timeoutMs = 10_000) {
      const deadline = Date.now() + timeoutMs;
      while (!enough(followed)) {
        if (Date.now() > deadline) throw new Error(`only ${JSON.stringify(followed.events)} came`);
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 50);
        });
      }
    },
    async close() {
      leaving.abort();
      await reading;
    },
  };
  const reading = read(response.body!, (event) => {
    followed.events.push(event);
    wake();
  }).catch(() => {});
  return followed;
}

async function read(body: ReadableStream<Uint8Array>, take: (event: Sent) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const frames = text.split("\n\n");
    text = frames.pop()!;
    for (const frame of frames) {
      const fields = Object.fromEntries(frame.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.data) take({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
    }
  }
}
