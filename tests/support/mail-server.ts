import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

export type Received = { from: string; to: string[]; text: string };
export type MailServer = {
  url: string;
  received: Received[];
  /** The newest letter to an address, waited for; throws after 20 s. */
  letterTo(address: string): Promise<Received>;
  /** Refuses the next this many letters, as a full mailbox does. */
  refuse(times: number): void;
  close(): Promise<void>;
};

/** An SMTP server on loopback that keeps what it takes: RFC 5321 without extensions, which is all that a client needs. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const received: Received[] = [];
  let refusals = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => {});
    serve(socket, (letter) => {
      if (refusals-- > 0) return "452 4.2.2 mailbox full";
      refusals = 0;
      received.push(letter);
      return "250 2.0.0 taken";
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async letterTo(address) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = received.findLast(({ to }) => to.includes(address));
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`No letter to ${address}: ${JSON.stringify(received)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    refuse(times) {
      refusals = times;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function serve(socket: Socket, take: (letter: Received) => string): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let letter = { from: "", to: [] as string[] };
  let data: string[] | null = null;
  let rest = "";
  const obey = (line: string) => {
    const [, address = ""] = /<([^>]*)>/.exec(line) ?? [];
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") return say("250 mail.test");
    if (verb === "MAIL") letter = { from: address, to: [] };
    if (verb === "RCPT") letter.to.push(address);
    if (verb === "DATA") {
      data = [];
      return say("354 go on");
    }
    if (verb === "QUIT") return socket.end("221 bye\r\n");
    say("250 ok");
  };
  say("220 mail.test ESMTP");
  socket.on("data", (chunk) => {
    const lines = (rest + chunk.toString("utf8")).split("\r\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (data === null) obey(line);
      else if (line === ".") {
        say(take({ ...letter, text: unfold(data) }));
        data = null;
      } else data.push(line.startsWith("..") ? line.slice(1) : line);
    }
  });
}

/** The whole letter, its quoted-printable and base64 undone as far as a test reads it. */
function unfold(lines: string[]): string {
  const whole = lines.join("\n");
  if (!/^content-transfer-encoding: quoted-printable/im.test(whole)) return whole;
  return whole
    .replace(/=\n/g, "")
    .replace(/(?:=[0-9A-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll("=", ""), "hex").toString("utf8"));
}
