import type { LocalIssuer, TokenGrant } from '../../gateway/access/identity/local-issuer.js';

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

const DATA_CENTRE = { role: 'data-centre', name: 'demo-data-centre' };

/** Callers of the demo county. */
const CALLERS: readonly (readonly [title: string, grant: Omit<TokenGrant, 'validFor'>])[] = [
  ['分析员 analyst', { role: 'analyst', name: 'demo-analyst', purposes: ['许可-00225-001'] }],
  [
    '嵊山镇分析员 analyst of Shengshan',
    {
      role: 'township-analyst',
      name: 'demo-township-analyst',
      townships: ['330922101'],
      purposes: ['许可-00225-001'],
    },
  ],
  ['看板 dashboard', { role: 'dashboard', name: 'demo-dashboard' }],
  ['数据中心 data-centre', DATA_CENTRE],
  [
    '市场监管数据工程师 data engineer of market regulation',
    { role: 'department-engineer', name: 'demo-department-engineer', departments: ['market'] },
  ],
  ['系统管理员 system', { role: 'system', name: 'demo-system' }],
  ['安全管理员 security', { role: 'security', name: 'demo-security' }],
  ['审计管理员 audit', { role: 'audit', name: 'demo-audit' }],
];

const VALID_MS = 8 * 3_600_000;

interface Started {
  /** Null for a real county. */
  readonly demoDay: string | null;
  /** Gives the demo's callers their tokens; null: others do, or nobody is asked who he is. */
  readonly issuer: Pick<LocalIssuer, 'issueToken'> | null;
  /** Whether the console's page is served. */
  readonly hasConsole: boolean;
}

/** What `start` prints once it listens. */
export async function startMessage(
  url: string,
  { demoDay, issuer, hasConsole }: Started,
): Promise<readonly string[]> {
  const tokens = issuer === null ? [] : await tokenLines(issuer);
  const credential = issuer === null ? '' : ` -H "authorization: Bearer $ANALYST"`;
  return [
    '',
    `GraphQL: ${url}`,
    ...(hasConsole ? [await consoleLine(url, issuer)] : []),
    ...(demoDay === null ? [] : [`演示县的今天是 ${demoDay}。The demo county's today is ${demoDay}.`]),
    ...tokens,
    ...EXAMPLES.flatMap(([title, query]) => [
      '',
      `# ${title}`,
      `curl -s ${url}${credential} -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`,
    ]),
    ...(issuer === null ? [] : dashboardLines(url)),
    '',
  ];
}

/** A browser keeps what follows `#` to itself; the page takes the token out of its address at once. */
async function consoleLine(url: string, issuer: Started['issuer']): Promise<string> {
  const page = new URL('/console/', url).href;
  if (issuer === null) return `控制台 Console: ${page}`;
  const token = await issuer.issueToken({ ...DATA_CENTRE, validFor: VALID_MS });
  return `控制台 Console: ${page}#token=${token}`;
}

/** A dashboard asks registered operations by their names, and polls with the tag of the answer that it has. */
function dashboardLines(url: string): readonly string[] {
  return [
    '',
    '# 看板：按名称取已登记的查询 A dashboard asks a registered operation by its name',
    `curl -s ${new URL('/operations/t01-comprehensive-share', url).href} -H "authorization: Bearer $DASHBOARD"`,
  ];
}

async function tokenLines(issuer: Pick<LocalIssuer, 'issueToken'>): Promise<readonly string[]> {
  const lines = CALLERS.map(async ([title, grant]) => {
    const token = await issuer.issueToken({ ...grant, validFor: VALID_MS });
    return `${grant.role.toUpperCase().replaceAll('-', '_')}=${token}  # ${title}`;
  });
  return [
    '',
    '# 各角色的凭据，8 小时有效（先粘贴，再用 $ANALYST 等）。Tokens of the roles, good for 8 hours: paste them first.',
    ...(await Promise.all(lines)),
  ];
}
