import type { AuditRecord } from '../../gateway/audit/audit-record.js';
import { type GuardedCounty, openGuardedCounty, type Reply } from './open-guarded-county.js';

const REASON = '核对执法人员姓名（工单 2026-118）';
const QUERY = 'query Names { inspections(first: 200) { nodes { id officers rawResult } } }';

let guarded: GuardedCounty;
beforeAll(async () => {
  // Who sees fields masked by the usual policy, and may now see them whole.
  guarded = await openGuardedCounty(8, {
    changePolicy: (text) =>
      text
        .replace(
          'may: [query, introspect, health]\n    rows',
          'may: [query, introspect, health, export, unmask]\n    rows',
        )
        .replace('Dashboard\n    may: []', 'Dashboard\n    may: [query]'),
  });
}, 120_000);
afterAll(() => guarded?.close());

interface Row {
  readonly id: string;
  readonly officers: readonly string[] | null;
  readonly rawResult: string | null;
}
interface Answer {
  readonly data: { readonly inspections: { readonly nodes: readonly Row[] } | null } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}
const read = ({ text }: Reply): Answer => JSON.parse(text) as Answer;
const rowsOf = (reply: Reply): readonly Row[] => read(reply).data?.inspections?.nodes ?? [];
const namesOf = (rows: readonly Row[]): readonly string[] => rows.flatMap(({ officers }) => officers ?? []);

const because = (reason: string) => ({ headers: { 'x-unmask-reason': encodeURIComponent(reason) } });
const engineer = () => guarded.token({ role: 'department-engineer', departments: ['market'] });

/** Records of this operation, oldest first. */
const recordsOf = (name: string): readonly AuditRecord[] =>
  [
    ...new Map(
      guarded
        .audited()
        .split('\n')
        .filter((line) => line.includes(`"${name}"`))
        .map((line) => JSON.parse(line) as { readonly seq: number; readonly record: AuditRecord })
        .map(({ seq, record }) => [seq, record] as const),
    ),
  ]
    .sort(([left], [right]) => left - right)
    .map(([, record]) => record);

describe('what is shown masked', () => {
  it('is shown whole for a reason, and the audit holds the reason and the fields', async () => {
    const token = await engineer();
    const before = rowsOf(await guarded.ask(token, QUERY));
    const whole = rowsOf(await guarded.ask(token, QUERY, because(REASON)));
    const after = rowsOf(await guarded.ask(token, QUERY));
    const known = new Set(guarded.county.world.officers.map(({ name }) => name));
    expect(namesOf(whole).length).toBeGreaterThan(10);
    expect(whole.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(namesOf(before).filter((name) => known.has(name))).toEqual([]);
    expect(namesOf(whole).some((name) => known.has(name))).toBe(true);
    expect(after).toEqual(before);
    expect(recordsOf('Names').map(({ kind, masks, detail }) => ({ kind, masks, detail }))).toEqual([
      {
        kind: 'operation',
        masks: ['inspections.nodes.officers', 'inspections.nodes.rawResult'],
        detail: null,
      },
      {
        kind: 'unmask',
        masks: [],
        detail: {
          reason: REASON,
          unmasked: 'inspections.nodes.officers inspections.nodes.rawResult',
          by: 'operation',
        },
      },
      {
        kind: 'operation',
        masks: ['inspections.nodes.officers', 'inspections.nodes.rawResult'],
        detail: null,
      },
    ]);
  });

  it('is asked for and recorded anew each time, and kept for nobody who polls', async () => {
    const token = await engineer();
    const query =
      'query Polled { inspections(where: { interface: ["market.inspection"] }, first: 20) { nodes { id officers } coverage { state } } }';
    const first = await guarded.ask(token, query);
    const { extensions } = JSON.parse(first.text) as {
      extensions: { coverage: { interfaces: { interface: string; state: 'LIVE'; asOf: string }[] } };
    };
    for (const { interface: name, ...known } of extensions.coverage.interfaces)
      guarded.standing.set(name, known);
    const tagOf = ({ headers }: Reply): string =>
      new Map(JSON.parse(headers) as [string, string][]).get('etag') ?? '';
    const kept = await guarded.ask(token, query);
    const polling = { 'if-none-match': tagOf(kept) };
    expect((await guarded.ask(token, query, { headers: polling })).status).toBe(304);
    const shown = namesOf(rowsOf(kept));
    for (const times of [1, 2]) {
      const headers = { ...because(`${REASON} ${times}`).headers, ...polling };
      const whole = await guarded.ask(token, query, { headers });
      expect([whole.status, tagOf(whole)]).toEqual([200, '']);
      expect(namesOf(rowsOf(whole))).toHaveLength(shown.length);
      expect(namesOf(rowsOf(whole))).not.toEqual(shown);
      expect(recordsOf('Polled').at(-1)).toMatchObject({
        kind: 'unmask',
        detail: { reason: `${REASON} ${times}`, unmasked: 'inspections.nodes.officers' },
      });
    }
    expect((await guarded.ask(token, query, { headers: polling })).status).toBe(304);
    guarded.standing.clear();
  });

  it.each(['analyst', 'dashboard', 'township-analyst'])(
    'is not asked for by %s, whose role may not: nothing is shown',
    async (role) => {
      const token = await guarded.token({
        role,
        ...(role === 'township-analyst' && { townships: ['330922101'] }),
      });
      const query = '{ inspections(first: 1) { nodes { id } } }';
      const { data, errors } = read(await guarded.ask(token, query, because(REASON)));
      expect({ data, codes: errors?.map(({ extensions }) => extensions.code) }).toEqual({
        data: undefined,
        codes: ['FORBIDDEN'],
      });
      expect(errors?.[0]?.message).toContain('x-unmask-reason');
      expect(rowsOf(await guarded.ask(token, query))).toHaveLength(1);
    },
  );

  it.each([
    ['an empty one', '', '理由'],
    ['one of spaces', '   ', '理由'],
    ['one that is too long', '由'.repeat(201), '200'],
  ])('takes a reason: %s is refused with what is wrong', async (_name, reason, told) => {
    const { text, status } = await guarded.ask(await engineer(), QUERY, because(reason));
    const { data, errors } = JSON.parse(text) as Answer;
    expect({ status, data, codes: errors?.map(({ extensions }) => extensions.code) }).toEqual({
      status: 400,
      data: undefined,
      codes: ['BAD_USER_INPUT'],
    });
    expect(errors?.[0]?.message).toContain(told);
  });

  it('takes a reason of two hundred characters', async () => {
    expect((await guarded.ask(await engineer(), QUERY, because('由'.repeat(200)))).status).toBe(200);
  });

  it('is not to be searched, sorted or counted by, whatever the reason', async () => {
    const token = await engineer();
    for (const query of [
      '{ inspections(where: { officer: ["x"] }) { totalCount } }',
      '{ inspections(orderBy: [{ rawResult: ASC }], first: 1) { nodes { id } } }',
      '{ inspections: inspectionStats(by: [OFFICER]) { buckets { key } } }',
    ]) {
      const { data, errors } = read(await guarded.ask(token, query, because(REASON)));
      expect(data).toEqual({ inspections: null });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
  });

  it('opens no level that is closed', async () => {
    const { data, errors } = read(
      await guarded.ask(
        await engineer(),
        '{ inspections: complaints(first: 5) { nodes { content } } }',
        because(REASON),
      ),
    );
    expect(JSON.stringify(data)).not.toMatch(/"content":"/);
    expect(errors?.some(({ extensions }) => extensions.code === 'FORBIDDEN')).toBe(true);
  });

  it('is exported whole for a reason, which every page records', async () => {
    const init = {
      method: 'POST',
      body: JSON.stringify({
        query: 'query Sheet { inspections { nodes { id officers } } }',
        format: 'csv',
      }),
      headers: { 'content-type': 'application/json', ...because(REASON).headers },
    };
    const { status, text } = await guarded.send(await engineer(), '/export', init);
    expect(status).toBe(200);
    const known = guarded.county.world.officers.map(({ name }) => name);
    expect(known.some((name) => text.includes(name))).toBe(true);
    const records = recordsOf('Sheet');
    expect(records.length).toBeGreaterThan(0);
    for (const { kind, detail } of records)
      expect({ kind, detail }).toMatchObject({ kind: 'unmask', detail: { reason: REASON, by: 'export' } });
  });
});
