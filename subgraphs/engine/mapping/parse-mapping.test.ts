import { formatProblem } from '../../../runtime/yaml/problem.js';
import { parseMapping } from './parse-mapping.js';

const GOOD = `interface: market.inspection
title: 市场监管局 · 双随机检查结果
owner: { department: market, contact: 信息科 }
feeds: Inspection
source: { connection: market, table: cs_pub_entresult }
key: [TaskCode, PriPID]
subject:
  - { scheme: uscc, column: UniSCID }
fields:
  department: { value: MARKET }
  date: { column: CheckDate, type: Date, format: yyyyMMdd, sorts: asText }
  result: { column: CheckResult, type: Code, codes: market/check-result, many: ',' }
where: { S_EXT_VALIDFLAG: '1', env_flag: { not: ['1', null] } }
watermark: { column: S_EXT_TIMESTAMP, format: 'yyyy-MM-dd HH:mm:ss', every: 1d, warn: 26h, fail: 72h }
limits: { keysPerCall: 200, timeout: 1500ms }
`;

function problemsOf(text: string): readonly string[] {
  const parsed = parseMapping(text, 'subgraphs/departments/market/inspection.yaml');
  return parsed.kind === 'problems' ? parsed.problems.map(formatProblem) : [];
}

describe('parseMapping()', () => {
  it('gives the mapping with defaults and places', () => {
    const parsed = parseMapping(GOOD, 'subgraphs/departments/market/inspection.yaml');
    if (parsed.kind !== 'mapping') throw new Error(parsed.problems.map(formatProblem).join('\n'));
    const { mapping } = parsed;
    expect(mapping.facet).toBe('Inspection.market');
    expect(mapping.limits).toMatchObject({ keysPerCall: 200, timeoutMs: 1500, concurrent: 4 });
    expect(mapping.watermark).toMatchObject({
      everySeconds: 86_400,
      warnSeconds: 93_600,
      failSeconds: 259_200,
    });
    expect(mapping.where).toMatchObject([
      { column: 'S_EXT_VALIDFLAG', negated: false, values: ['1'], place: { line: 13, column: 10 } },
      { column: 'env_flag', negated: true, values: ['1', null] },
    ]);
    expect(mapping.fields.get('date')).toMatchObject({
      place: { file: 'subgraphs/departments/market/inspection.yaml', line: 11, column: 3 },
      format: 'yyyyMMdd',
      nulls: [],
    });
  });

  it('names an unknown key with its place and the nearest known one', () => {
    expect(problemsOf(GOOD.replace('title:', 'tittle:'))).toEqual([
      expect.stringMatching(
        /^subgraphs\/departments\/market\/inspection\.yaml:\d+:\d+: error invalid-value: .*title/,
      ),
      'subgraphs/departments/market/inspection.yaml:2:1: error unknown-key: 未知的键“tittle”，是否想写“title”。 Unknown key "tittle" in the file; did you mean "title"?',
    ]);
  });

  it('names an unknown key deep inside', () => {
    expect(problemsOf(GOOD.replace('codes: market', 'code: market'))).toEqual([
      expect.stringContaining('inspection.yaml:12:46: error unknown-key: 未知的键“code”，是否想写“codes”'),
    ]);
  });

  it('says what was found and what was expected', () => {
    expect(problemsOf(GOOD.replace('timeout: 1500ms', 'timeout: fast'))).toEqual([
      expect.stringContaining(
        'inspection.yaml:15:38: error invalid-value: “limits.timeout”应为 时长，如 500ms、3s、15m、26h、1d，实际为 "fast"。 Cannot use limits.timeout: expected a duration such as 500ms, 3s, 15m, 26h or 1d, but found "fast"',
      ),
    ]);
  });

  it.each(['disk', 'history', 'subgraph'])(
    'refuses a name that a part of %s could have in incidents',
    (part) => {
      expect(problemsOf(GOOD.replace('market.inspection', `${part}.gateway`))).toEqual([
        expect.stringMatching(
          new RegExp(
            `inspection\\.yaml:1:12: error invalid-value: “interface”应为 接口名，不以 disk\\.、history\\.、subgraph\\. 开头.*but found "${part}\\.gateway"`,
          ),
        ),
      ]);
      expect(problemsOf(GOOD.replace('market.inspection', `${part}s.gateway`))).toEqual([]);
    },
  );

  it('reports all problems at once', () => {
    const text = GOOD.replace('feeds: Inspection', 'feeds: Inspektion').replace(
      'key: [TaskCode, PriPID]',
      'key: []',
    );
    expect(problemsOf(text)).toHaveLength(2);
  });

  it('places a YAML syntax error', () => {
    expect(problemsOf(GOOD.replace("many: ','", "many: '"))).toEqual([
      expect.stringContaining(
        'inspection.yaml:12:83: error yaml-syntax: YAML 语法错误：引号未闭合。 Cannot read the YAML: Missing closing',
      ),
      expect.stringContaining('inspection.yaml:13:1: error yaml-syntax'),
    ]);
  });

  it('refuses a key given twice', () => {
    expect(problemsOf(`${GOOD}title: again\n`)).toEqual([
      expect.stringContaining(':16:1: error yaml-syntax'),
    ]);
  });
});

describe('parseMapping() of what is promised of an interface', () => {
  it('reads shares, durations and days', () => {
    const text = `${GOOD}observe:
  every: 30m
  days: every
  slow: 800ms
  available: 99.5%
  volume: { low: 50%, high: 300% }
  cells: { flagged: 2%, unresolved: 30%, unknownCodes: 1, fields: { date: 0% } }
  drop: { short: 80% }
  expires: 2026-12-31
`;
    const parsed = parseMapping(text, 'a.yaml');
    if (parsed.kind !== 'mapping') throw new Error(parsed.problems.map(formatProblem).join('\n'));
    expect(parsed.mapping.observe).toMatchObject({
      everySeconds: 1800,
      days: 'every',
      slowMs: 800,
      available: 0.995,
      volume: { low: 0.5, high: 3 },
      cells: { flagged: 0.02, unresolved: 0.3, unknownCodes: 1, fields: new Map([['date', 0]]) },
      shortDrop: 0.8,
      expires: '2026-12-31',
    });
  });

  it.each([
    ['observe: { flaged: 2% }', '"flaged"'],
    ['observe: { available: 101% }', 'at most 100%'],
    ['observe: { volume: { low: 0.5 } }', 'low'],
    ['observe: { expires: 2026-02-30 }', 'expires'],
  ])('refuses %s with its place', (line, words) => {
    const problems = problemsOf(`${GOOD}${line}\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('inspection.yaml:16:');
    expect(problems[0]).toContain(words);
  });
});
