import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { presentSession } from "#lib/api/present/accounts.ts";
import { listSessions } from "#lib/domain/accounts/sessions.ts";

export const GET = handle(accounts.sessions, async ({ ctx }) => (await listSessions(ctx)).map(presentSession));
