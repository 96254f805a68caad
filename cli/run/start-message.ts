/** Queries that a newcomer can paste; kept short, the whole ones are in `examples/queries/`. */
const EXAMPLES: readonly (readonly [title: string, query: string])[] = [
  [
    '最近的检查 the newest inspections',
    '{ inspections(where: {date: {from: "2026-01-01"}}, orderBy: [{date: DESC}], first: 20) { totalCount nodes { id interface department date result subject { id name kind township } marine { vesselName } market { disposal } } pageInfo { hasNextPage endCursor } coverage { interface state asOf rows tookMs } } }',
  ],
  [
    '综合查一次候选 candidates for a joint check',
    '{ subjects(where: {kind: [VESSEL], licences: {expired: true}, inspections: {departments: {gte: 2}, sameMonth: true}, owner: {cases: {unpaid: true, department: [MARKET]}}}) { totalCount edges { node { id name } match { months inspectedBy owners { name } } } } }',
  ],
  [
    '罚款按部门和季度 fines by department and quarter',
    '{ caseStats(where: {decided: true}, by: [DEPARTMENT, QUARTER], measures: [COUNT, FINE, PAID, OVERDUE]) { buckets { key count fine paid overdue } coverage { interface state asOf } } }',
  ],
];

/** What `start` prints once it listens. @param demoDay null for a real county. */
export function startMessage(url: string, demoDay: string | null): readonly string[] {
  return [
    '',
    `GraphQL: ${url}`,
    ...(demoDay === null ? [] : [`演示县的今天是 ${demoDay}。The demo county's today is ${demoDay}.`]),
    ...EXAMPLES.flatMap(([title, query]) => [
      '',
      `# ${title}`,
      `curl -s ${url} -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`,
    ]),
    '',
  ];
}
