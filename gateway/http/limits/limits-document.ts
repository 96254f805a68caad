import { capital } from '../../../runtime/capital.js';
import { durationText } from '../../../runtime/duration-text.js';
import { LIMIT_NAMES, LIMITS, UNITS } from '../request-limits.js';

const HEAD = `# Limits

Made of \`gateway/http/request-limits.ts\` by \`npm run compose\`; do not edit.

All are on by default. \`limits:\` in \`gateway.yaml\` changes them (\`limits: { aliases: 50, receiveTime: 20s }\`) within the bounds below;
\`schema/gateway.v1.json\` is the JSON Schema of that file. A request beyond a limit is refused with a code of [errors.md](errors.md), and
\`extensions\` say which \`limit\`, what is \`allowed\` and what is \`actual\`; null where counting stopped at the limit. \`rate\`, \`burst\` and
\`concurrent\` are counted for each caller by name, by each process itself or, with \`shared: { redis: … }\` in \`gateway.yaml\`, by all machines
together ([how, and how exactly](decisions/0044-shared-limits.md)); the answer to a request beyond them is 429 with
\`Retry-After\`. Where nobody has to say who he is, they do not hold.

\`cost\` is estimated before an operation is planned, and again with its plan, before anything is asked: an object costs 1 and a scalar 0 where
\`@cost\` says nothing else, times the sizes of the lists around it (\`@listSize\`; \`first\`, \`last\`, \`limit\` and \`ids\` without it), and each request to a
subgraph 10; a facet costs what its source's calls do (\`limits.callPrice\` of its mapping). It is told in the header \`x-cost\`, and stands in the log and the audit. \`cost:\` in \`gateway.yaml\` says whether operations beyond it are refused or only
counted (\`cost: { mode: measure }\`), how long a list is of which nobody says it (\`listSize: 10\`), and what a request costs (\`call: 10\`)
([how](decisions/0039-cost.md)).

Fragments are unfolded for all that is counted of an operation: what one holds counts as often as it is spread. What is counted before
a text is parsed, or a document is validated, is so whatever the text is.
`;

const ELSEWHERE = `## Limits that stand elsewhere

| what | limit | where |
|---|---|---|
| rows of a page (\`first\`, \`last\`) | 500 | \`schema/api.graphql\`; \`BAD_USER_INPUT\` at the list |
| ids of \`nodes(ids:)\` | 500 | \`schema/api.graphql\`; \`BAD_USER_INPUT\` at the field |
| time of a request | 3 s, on request 60 s | \`deadline\` in \`gateway.yaml\`, \`Prefer: wait\` |
| exports at a time | 4 | \`exports\` in \`gateway.yaml\` |
| time and memory to plan an operation | 5 s, 512 MB | \`QUERY_TOO_COMPLEX\` |
| operations that wait for a plan | 100, and none more while the first has waited 500 ms | \`REQUEST_TIMEOUT\`, at once |
| documents, operations and plans that are kept | 64 MB; what was asked once goes first, registered operations never | asked again, they are compiled again |
| plans that are kept for the next run | 1000 operations, 8 MB | \`plans.ndjson\` in the state folder |
| what an interface may be asked | as its mapping says | \`limits:\` of the mapping: quotas, quiet hours, breaker |
`;

/** The text of `docs/limits.md`. */
export function limitsDocument(): string {
  const rows = LIMIT_NAMES.map((name) => {
    const { unit, least, most, what, reason, ...limit } = LIMITS[name];
    const show = (value: number): string =>
      unit === 'ms' ? durationText(value / 1000).en : value.toLocaleString('en-US');
    const inUnit = unit === 'ms' ? '时长 duration' : `${UNITS[unit].zh} ${UNITS[unit].en}`.trim();
    return `| \`${name}\` | ${show(limit.default)} | ${inUnit} | ${show(least)} – ${show(most)} | ${what.zh}。${capital(what.en)} | ${reason.zh}。${capital(reason.en)}. |`;
  });
  const table = [
    '| limit | default | unit | may be | what is counted | why |',
    '|---|---|---|---|---|---|',
    ...rows,
  ];
  return `${HEAD}\n${table.join('\n')}\n\n${ELSEWHERE}`;
}
