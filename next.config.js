/** What only servers use: Node loads it from node_modules, and Next need not read it (the AWS clients alone take a minute). */
const SERVER_ONLY = [
  "@peculiar/x509",
  "@asteasolutions/zod-to-openapi",
  "@aws-sdk/client-ec2",
  "@aws-sdk/client-pricing",
  "@aws-sdk/client-service-quotas",
  "@aws-sdk/client-ssm",
  "@aws-sdk/client-sts",
  "axios",
  "dockerode",
  "drizzle-orm",
  "ipaddr.js",
  "lru-cache",
  "pg-boss",
  "pino",
  "postgres",
  "reflect-metadata",
  "ssh2",
];

/** @type {import("next").NextConfig} */
const config = {
  // `npm start` builds aside, and names each finished build's folder.
  distDir: process.env.CLOUDHERO_BUILD_FOLDER ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are `npm test`'s business. Next rewrites the tsconfig it is given, so it has its own.
  typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.next.json" },
  serverExternalPackages: SERVER_ONLY,
  // Each build starts in an empty folder: writing a cache for the next one would take longer than the build.
  experimental: { turbopackFileSystemCacheForBuild: false },
};

export default config;
