import { randomFor } from '../../demo/random.js';
import type { AuditRecord } from '../../gateway/audit/audit-record.js';
import { verifyTrail } from '../../gateway/audit/verify/verify-trail.js';
import { until } from '../../gateway/testing/until.js';
import { type GuardedCounty, openGuardedCounty, type Reply } from './open-guarded-county.js';

const PURPOSE = '许可-00225-001';
const NAMED = { headers: { 'x-purpose': encodeURIComponent(PURPOSE) } };

let guarded: GuardedCounty;
beforeAll(async () => {
  guarded = await openGuardedCounty(5);
}, 120_000);
afterAll(() => guarded?.close());

interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly extensions: { readonly code: string; readonly coordinate?: string };
  }[];
}
const read = ({ text }: Reply): Answer => JSON.parse(text) as Answer;

const analyst = () => guarded.token({ role: 'analyst', purposes: [PURPOSE] });
const dashboard = () => guarded.token({ role: 'dashboard' });
/** He sees masked what others see whole. */
const engineer = () => guarded.token({ role: 'department-engineer', departments: ['hotline', 'market'] });

describe('whoever is not known', () => {
  it.each([
    [
      '/graphql',
      {
        method: 'POST',
        body: '{"query":"{__schema{types{name}}}"}',
        headers: { 'content-type': 'application/json' },
      },
    ],
    ['/export', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
    ['/metrics', {}],
    ['/health/ready', {}],
    ['/nowhere', {}],
  ])('is answered nothing: %s', async (path, init) => {
    for (const token of [null, 'x', `${(await analyst()).slice(0, -4)}AAAA`]) {
      const { status, text, headers } = await guarded.send(token, path, init);
      expect(status).toBe(401);
      expect(headers).toContain('Bearer realm');
      expect(text).not.toMatch(/inspection|Subject|__schema/);
    }
  });

  it('is told that the process lives, and nothing else', async () => {
    expect(await guarded.send(null, '/health/live')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  });
});

describe('what may not be read', () => {
  /** Texts of complaints, which are L3. */
  const canaries = (): readonly string[] =>
    [...guarded.county.world.complaints]
      .map(({ content }) => content.replace(/\d.*$/s, ''))
      .filter((text) => text.length > 12);

  const ROADS: readonly (readonly [name: string, query: string])[] = [
    ['directly', '{ complaints(first: 50) { nodes { content } } }'],
    ['by an alias', '{ complaints(first: 50) { nodes { number: content } } }'],
    ['in an inline fragment', '{ complaints(first: 50) { nodes { ... on Complaint { content } } } }'],
    [
      'in a named fragment',
      '{ complaints(first: 50) { nodes { ...F } } } fragment F on Complaint { content }',
    ],
    ['by edges', '{ complaints(first: 50) { edges { node { content } } } }'],
    [
      'below another entity',
      '{ subjects(first: 100) { nodes { complaints(first: 5) { nodes { content } } } } }',
    ],
    ['through an interface', '{ node(id: "hotline.ticket:none") { ... on Complaint { content } } }'],
    ['in a filter', '{ complaints(where: { contentContains: "投诉" }, first: 50) { totalCount } }'],
    ['by presence', '{ complaints(where: { contentPresent: true }) { totalCount } }'],
    ['as an order', '{ complaints(orderBy: [{ content: ASC }], first: 5) { nodes { id } } }'],
  ];

  it.each([['analyst'], ['data-centre'], ['department-engineer'], ['system']])(
    'leaves the gateway by no road for role %s without a purpose, after a caller who may',
    async (role) => {
      const privileged = await guarded.ask(await analyst(), ROADS[0]?.[1] ?? '', NAMED);
      const shown = canaries().filter((text) => privileged.text.includes(text));
      expect(shown.length).toBeGreaterThan(5);
      const token = await guarded.token({
        role,
        ...(role === 'department-engineer' && { departments: ['hotline'] }),
      });
      for (const [road, query] of ROADS) {
        const { text, headers } = await guarded.ask(token, query);
        const leaked = canaries().filter((canary) => `${headers}${text}`.includes(canary));
        expect({ road, leaked }).toEqual({ road, leaked: [] });
        const { errors = [], data } = JSON.parse(text) as Answer;
        expect({ road, codes: [...new Set(errors.map(({ extensions }) => extensions.code))] }).toEqual({
          road,
          codes: ['FORBIDDEN'],
        });
        if (road === 'in a filter' || road === 'as an order')
          expect(data ?? { complaints: null }).toMatchObject({ complaints: null });
      }
    },
  );

  it('says the same of right and wrong guesses, in literals and variables', async () => {
    const token = await engineer();
    const names = [...new Set(guarded.county.world.officers.map(({ name }) => name))].slice(0, 40);
    const answers = new Set<string>();
    for (const officer of [...names, '没有此人', 'x']) {
      for (const query of [
        `{ inspections(where: { officer: ${JSON.stringify([officer])} }) { totalCount } }`,
        `{ inspections(where: { or: [{ officer: ${JSON.stringify([officer])} }] }) { totalCount } }`,
        `{ inspectionStats(where: { officer: ${JSON.stringify([officer])} }, by: [OFFICER]) { buckets { key count } } }`,
      ]) {
        const { data } = read(await guarded.ask(token, query));
        answers.add(JSON.stringify(Object.values(data ?? {})));
      }
      const variables = { where: { officer: [officer] } };
      const byVariable = await guarded.ask(
        token,
        'query ($where: InspectionFilter) { inspections(where: $where) { totalCount } }',
        { variables },
      );
      const { errors } = read(byVariable);
      answers.add(`${errors?.[0]?.extensions.code} ${errors?.[0]?.extensions.coordinate}`);
    }
    expect([...answers].sort()).toEqual(['FORBIDDEN InspectionFilter.officer', '[null]']);
  });

  it('says the same to 1,000 steps of searches by halves, by filter, order and bucket', async () => {
    const token = await engineer();
    const random = randomFor(5, 'probes');
    const answers = new Map<string, number>();
    const PER_REQUEST = 20;
    for (let probe = 0; probe < 1000; probe += PER_REQUEST) {
      const fields = Array.from({ length: PER_REQUEST }, (_, place) => {
        const day = `2026-0${random.int(1, 6)}-1${random.int(0, 9)}T0${random.int(0, 9)}:00:00+08:00`;
        const first = random.pick([...'王李张刘陈杨']);
        const query = random.pick([
          `inspections(where: { checkedAt: { from: ${JSON.stringify(day)} } }) { totalCount }`,
          `inspections(where: { not: { checkedAt: { to: ${JSON.stringify(day)} } } }) { totalCount }`,
          `complaints(where: { targetNameStartsWith: ${JSON.stringify(first)} }) { totalCount }`,
          `complaints(where: { satisfaction: { gte: ${random.int(1, 5)} } }, first: 1) { nodes { id } }`,
          `inspections(orderBy: [{ checkedAt: ${random.pick(['ASC', 'DESC'])} }], first: ${random.int(1, 9)}) { nodes { id } }`,
          `inspectionStats(by: [${random.pick(['CHECKED_AT_DAY', 'RESULT', 'OFFICER'])}], first: ${random.int(1, 9)}) { buckets { key count } }`,
          `officers(where: { nameStartsWith: ${JSON.stringify(first)} }) { totalCount }`,
        ]);
        return `p${place}: ${query}`;
      });
      const { data, errors = [] } = read(await guarded.ask(token, `{ ${fields.join(' ')} }`));
      for (const value of [
        ...Object.values(data ?? {}),
        ...errors.map(({ extensions }) => extensions.code),
      ]) {
        const text = JSON.stringify(value);
        answers.set(text, (answers.get(text) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(answers)).toEqual({ null: 1000, '"FORBIDDEN"': 1000 });
  });

  it('is exported to nobody', async () => {
    const body = JSON.stringify({
      query: '{ complaints { nodes { id content } } }',
      format: 'csv',
    });
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    expect((await guarded.send(await dashboard(), '/export', init)).status).toBe(403);
    const { status, text } = await guarded.send(await analyst(), '/export', init);
    expect([status, (JSON.parse(text) as Answer).errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(canaries().filter((canary) => text.includes(canary))).toEqual([]);
    const named = await guarded.send(await analyst(), '/export', {
      ...init,
      headers: { ...init.headers, ...NAMED.headers },
    });
    expect(canaries().filter((canary) => named.text.includes(canary)).length).toBeGreaterThan(5);
  });

  it('how an export stands is told to whoever began it', async () => {
    const body = JSON.stringify({ query: '{ inspections { nodes { id } } }', format: 'csv' });
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    const { headers } = await guarded.send(await analyst(), '/export', init);
    const path = new Map(JSON.parse(headers) as [string, string][]).get('x-export-status') ?? '';
    const other = await guarded.token({ role: 'township-analyst', townships: ['330922101'] });
    expect((await guarded.send(other, path)).status).toBe(404);
    expect((await guarded.send(await analyst(), path)).status).toBe(200);
  });

  it('stands in no log, no metric and no audit', async () => {
    const metrics = await guarded.send(await guarded.token({ role: 'system' }), '/metrics');
    expect(metrics.status).toBe(200);
    const everywhere = `${guarded.logged()}${guarded.audited()}${metrics.text}`;
    expect(everywhere.length).toBeGreaterThan(10_000);
    expect(canaries().filter((canary) => everywhere.includes(canary))).toEqual([]);
    // Nor do the names and numbers of subjects that were seen.
    expect(guarded.audited()).not.toMatch(/uscc:9|有限公司/);
  });

  it('a matter that the token does not allow opens nothing', async () => {
    const token = await guarded.token({ role: 'analyst', purposes: ['许可-1'] });
    expect((await guarded.ask(token, '{ __typename }', NAMED)).status).toBe(403);
  });

  it('is not in what another caller polls', async () => {
    const query = '{ complaints(first: 3) { nodes { id content } } }';
    const asAnalyst = await analyst();
    await guarded.ask(asAnalyst, query, NAMED);
    const { headers } = await guarded.ask(asAnalyst, query, NAMED);
    const etag = /"etag","(\\".*?\\")"/.exec(headers)?.[1]?.replaceAll('\\', '');
    const polled = await guarded.ask(await engineer(), query, {
      headers: { 'if-none-match': etag ?? '"none"' },
    });
    expect(polled.status).toBe(200);
    expect(read(polled).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('which rows', () => {
  it('exactly those of the caller’s townships, by whatever road, of 2,000 pairs of caller and row', async () => {
    const all = await analyst();
    const rows: { readonly id: string; readonly township: string | null }[] = [];
    for (const [list, filter] of [
      ['inspections', 'InspectionFilter'],
      ['cases', 'CaseFilter'],
      ['complaints', 'ComplaintFilter'],
    ]) {
      const { data } = read(
        await guarded.ask(
          all,
          `query ($w: ${filter}) { ${list}(where: $w, first: 500) { nodes { id township } } }`,
        ),
      );
      const connection = (data ?? {}) as Readonly<Record<string, { readonly nodes: typeof rows }>>;
      rows.push(...(connection[list ?? '']?.nodes ?? []));
    }
    expect(rows.length).toBeGreaterThan(300);
    const townships = [...new Set(rows.flatMap(({ township }) => township ?? []))];
    const random = randomFor(5, 'row-pairs');
    const [visible, hidden] = [new Set<string>(), new Set<string>()];
    const PER_REQUEST = 20;
    for (let pair = 0; pair < 2000; pair += PER_REQUEST) {
      const own = townships.filter(() => random.chance(0.3));
      const scope = own.length === 0 ? [random.pick(townships)] : own;
      const token = await guarded.token({ role: 'township-analyst', townships: scope, purposes: [PURPOSE] });
      const picked = Array.from({ length: PER_REQUEST }, () => random.pick(rows));
      const fields = picked.map(({ id }, place) => `r${place}: node(id: ${JSON.stringify(id)}) { id }`);
      const { data } = read(await guarded.ask(token, `{ ${fields.join(' ')} }`));
      for (const [place, { id, township }] of picked.entries()) {
        const isHis = township !== null && scope.includes(township);
        expect({ id, scope, shown: (data?.[`r${place}`] ?? null) !== null }).toEqual({
          id,
          scope,
          shown: isHis,
        });
        (isHis ? visible : hidden).add(id);
      }
    }
    expect(Math.min(visible.size, hidden.size)).toBeGreaterThan(50);
  }, 120_000);

  it('lists, counts and groups hold his rows alone', async () => {
    const token = await guarded.token({
      role: 'township-analyst',
      townships: ['330922101'],
      purposes: [PURPOSE],
    });
    const query = `{
      inspections(first: 500) { totalCount nodes { township } coverage { interface state } }
      inspectionStats(by: [TOWNSHIP]) { buckets { key count } coverage { state } }
      subjects(first: 500) { nodes { township } coverage { state } }
    }`;
    const { data } = read(await guarded.ask(token, query)) as unknown as {
      data: {
        inspections: { totalCount: number; nodes: { township: string }[]; coverage: { state: string }[] };
        inspectionStats: { buckets: { key: string[]; count: number }[] };
        subjects: { nodes: { township: string }[] };
      };
    };
    expect(new Set(data.inspections.nodes.map(({ township }) => township))).toEqual(new Set(['330922101']));
    expect(data.inspectionStats.buckets).toEqual([
      { key: ['330922101'], count: data.inspections.totalCount },
    ]);
    expect(new Set(data.subjects.nodes.map(({ township }) => township))).toEqual(new Set(['330922101']));
  });

  it('an engineer’s are those of his department; the others are DENIED', async () => {
    const token = await guarded.token({ role: 'department-engineer', departments: ['market'] });
    const { data } = read(
      await guarded.ask(
        token,
        '{ inspections(first: 500) { nodes { interface } coverage { interface state } } }',
      ),
    ) as unknown as {
      data: {
        inspections: { nodes: { interface: string }[]; coverage: { interface: string; state: string }[] };
      };
    };
    expect(new Set(data.inspections.nodes.map((node) => node.interface))).toEqual(
      new Set(['market.inspection']),
    );
    for (const { interface: name, state } of data.inspections.coverage)
      expect([name, state]).toEqual([name, name.startsWith('market.') ? 'LIVE' : 'DENIED']);
  });
});

describe('the audit', () => {
  it('holds every operation with whom it touched, and is as it was written', async () => {
    const reply = await guarded.ask(
      await analyst(),
      'query Mine { subjects(first: 3) { nodes { id name } } }',
      NAMED,
    );
    const line = guarded
      .audited()
      .split('\n')
      .find((one) => one.includes('"Mine"'));
    const { record } = JSON.parse(line ?? '{}') as { readonly record: AuditRecord };
    expect(record).toMatchObject({
      kind: 'operation',
      caller: { name: 'local/test-analyst', role: 'analyst', kind: 'user' },
      purpose: PURPOSE,
      lists: ['subjects'],
      level: 'L1',
      outcome: 'ok',
    });
    expect(record.touched).toContainEqual({ type: 'Subject', count: 3 });
    expect(record.subjects.length).toBeGreaterThanOrEqual(3);
    expect(reply.headers).toContain(JSON.stringify(['x-cost', String(record.cost)]));
    const report = await verifyTrail(guarded.auditFolder, { copy: null, keys: [] });
    expect(report.breaks).toEqual([]);
  });

  it('holds what is refused: a document, a permission, a matter, and who asked', async () => {
    const refusals = [
      { query: '{ secretsOfTheCounty }', reason: 'GRAPHQL_VALIDATION_FAILED' },
      { query: '{ inspections {', reason: 'GRAPHQL_PARSE_FAILED' },
      { query: `{ ${'a'.repeat(31).split('').join(': __typename ')} }`, reason: 'GRAPHQL_VALIDATION_FAILED' },
    ];
    for (const { query } of refusals) await guarded.ask(await analyst(), query);
    await guarded.send(await dashboard(), '/metrics');
    await guarded.ask(await dashboard(), '{ __typename }', NAMED);
    const reasons = (): readonly string[] =>
      guarded
        .audited()
        .split('\n')
        .filter((line) => line.includes('"request-refused"') && /local\/test-(dashboard|analyst)/.test(line))
        .map((line) => (JSON.parse(line) as { readonly record: AuditRecord }).record)
        .map(({ detail }) => String(detail?.reason));
    const expected = [...refusals.map(({ reason }) => reason), 'permission metrics', `purpose ${PURPOSE}`];
    await until(() => expected.every((reason) => reasons().includes(reason)));
    expect(guarded.audited()).not.toContain('secretsOfTheCounty');
  });
});
