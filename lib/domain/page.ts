/** At most `limit` rows after the row whose id is `cursor`. */
export type Page = { limit: number; cursor?: string };
