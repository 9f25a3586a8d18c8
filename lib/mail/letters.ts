import type { Letter } from "#lib/model/letter.ts";

type Invited = { to: string; organisation: string; inviter: string; role: string; link: string; days: number };

export const invitationLetter = ({ to, organisation, inviter, role, link, days }: Invited): Letter => ({
  to,
  subject: `${inviter} invites you to ${organisation} on CloudHero`,
  text: [
    `${inviter} invites you to ${organisation} on CloudHero, with the role ${role}.`,
    `To accept, open this within ${days} days:`,
    link,
    "The link is for this address alone and works once. If you did not expect it, do nothing.",
  ].join("\n\n"),
});

type Forgetful = { to: string; link: string; minutes: number };

export const resetLetter = ({ to, link, minutes }: Forgetful): Letter => ({
  to,
  subject: "A new password for CloudHero",
  text: [
    "Somebody, probably you, has asked for a new password for this address.",
    `To choose one, open this within ${minutes} minutes:`,
    link,
    "The link works once. If it was not you, do nothing: your password stays as it is.",
  ].join("\n\n"),
});
