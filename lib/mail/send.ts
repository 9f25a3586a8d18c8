import { createTransport } from "nodemailer";
import { config } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";
import type { Letter } from "#lib/model/letter.ts";

const connectMs = 10_000;
const answerMs = 20_000;

/**
 * Hands a letter to the operator's SMTP server, within half a minute; throws "unavailable" where it does not take it.
 * Without SMTP_URL nothing is sent: who needs the letter sees that beforehand, by `canMail`.
 */
export async function sendMail(letter: Letter): Promise<void> {
  const { smtpUrl, mailFrom } = config();
  if (!smtpUrl) return;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    // An object, so that no address is read out of what a person typed.
    await transport.sendMail({ ...letter, to: { name: "", address: letter.to }, from: mailFrom });
  } catch (cause) {
    throw new AppError("unavailable", "The mail server did not take the letter.", { cause });
  } finally {
    transport.close();
  }
}
