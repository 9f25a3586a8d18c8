/** Said where CloudHero was not reached. */
export const unanswered = "CloudHero did not answer: check the connection, then try again.";

/** What is said of an act that was not answered. Next's own signals, and errors that the server has told of, pass. */
export function sayUnanswered(error: unknown): string {
  if (typeof error === "object" && error && "digest" in error) throw error;
  return unanswered;
}
