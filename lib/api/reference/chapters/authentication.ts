import type { Chapter } from "../topic.ts";

export const authentication: Chapter = {
  id: "authentication",
  title: "Authentication",
  tag: "Authentication",
  prose: [],
  topics: [
    {
      id: "register",
      title: "Register",
      operation: "POST /accounts/register",
      prose: [
        "CloudHero uses API keys to allow access to the API. Your API key is returned as `persistent_token`: keep it, because it is shown this once. It works until you [revoke](#revoke-a-token) it.",
        "CloudHero expects the API key to be included in all API requests to the server in a header that looks like the following:",
        { code: "Authentication-Token: meowmeowmeow", label: "the header" },
        "`Authorization: meowmeowmeow` and `Authorization: Bearer meowmeowmeow` are taken just as well.",
        "`refreshing_token` works wherever a token does, for 24 hours, and ends with its session: when you log out, or change your password.",
      ],
    },
    {
      id: "log-in",
      title: "Log in",
      operation: "POST /accounts/login",
      prose: ["Answers a new refreshing token. Attempts are limited, per account and per address."],
    },
    {
      id: "refresh",
      title: "Refresh",
      operation: "POST /accounts/refresh",
      prose: ["Answers a new refreshing token in place of the one that is sent, which stops working."],
    },
    {
      id: "log-out",
      title: "Log out",
      operation: "POST /accounts/logout",
      prose: ["Ends the session of the refreshing token that is sent."],
    },
  ],
};
