import type { FormState } from "#components/ui/form-state.ts";

/** The form's state; with `made` right after an invitation was made, the only time its link can be seen. */
export type NewInvitation = FormState & { made?: { email: string; link: string } };

/** Why an invitation was not sent again, or its new link. */
export type Resent = { refused?: string; link?: string };
