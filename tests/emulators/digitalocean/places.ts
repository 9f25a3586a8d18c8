import { REGIONS, regionAnswer, SIZES } from "./catalogue.ts";
import { pageOf, type Route } from "./route.ts";

export const placeRoutes: Route[] = [
  {
    method: "GET",
    path: /^\/v2\/account$/,
    scope: "account:read",
    run: ({ world }) => ({
      status: 200,
      body: {
        account: {
          droplet_limit: world.behaviour.dropletLimit,
          floating_ip_limit: 3,
          volume_limit: 100,
          email: "emulated@example.com",
          name: "Emulated",
          uuid: "b6fr89dbf6d9156cace5f3c78dc9851d957381ef",
          email_verified: true,
          status: world.behaviour.accountStatus,
          status_message: world.behaviour.accountStatus === "active" ? "" : "Please update your billing details.",
          ...(world.behaviour.team ? { team: { uuid: world.behaviour.team, name: "My Team" } } : {}),
        },
      },
    }),
  },
  {
    method: "GET",
    path: /^\/v2\/regions$/,
    scope: "regions:read",
    run: (ctx) => pageOf(ctx, "regions", REGIONS.map(regionAnswer)),
  },
  {
    method: "GET",
    path: /^\/v2\/sizes$/,
    scope: "sizes:read",
    run: (ctx) => {
      const sizes = SIZES.map((size) => ({ ...size, available: !ctx.world.behaviour.soldOut.has(size.slug) }));
      return pageOf(ctx, "sizes", sizes);
    },
  },
];
