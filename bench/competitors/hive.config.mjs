// Hive Gateway: the command's defaults, without pages for people and without logs; each request's log line would cost it.
import { defineConfig } from '@graphql-hive/gateway';

const sharesReads = process.env.BENCH_SHARES_READS !== 'no';

export const gatewayConfig = defineConfig({
  logging: false,
  landingPage: false,
  graphiql: false,
  // Identical reads of a subgraph that run at once are sent once unless this says otherwise, with either planner.
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: sharesReads } } },
});
