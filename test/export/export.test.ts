import { setImmediate as nextTurn } from 'node:timers/promises';
import { request } from 'undici';
import type { Fault } from '../../demo/servers/faults.js';
import { type ExportGateway, openExportGateway } from './open-export-gateway.js';
import { type Line, readCsv, readExport, readNdjson, readStanding, readXlsx } from './read-export.js';

const ROW =
  'id interface department date checkedAt result results officers rawResult subject { id name } case { id fine } complaint { id }';
const QUERY = `query Everything($dept: [Department!] = null) {
  inspections(where: {department: $dept}, orderBy: [{date: DESC}]) { totalCount nodes { ${ROW} } }
}`;
const HEADINGS = [
  '全局标识',
  '数据接口',
  '实施部门',
  '检查日期',
  '检查时间',
  '检查结果',
  '全部检查结果',
  '检查人员',
  '来源中的原值',
  '检查对象.规范主体标识',
  '检查对象.名称',
  '由此立案的案件.全局标识',
  '由此立案的案件.罚款',
  '引发该检查的投诉举报工单.全局标识',
];

let open: ExportGateway;
/** Every row, as a walk over pages of `/graphql` gives them, and the cursor behind each page. */
let walked: { readonly rows: readonly Line[]; readonly cursors: readonly string[] };

beforeAll(async () => {
  open = await openExportGateway();
  walked = await walkPlainly();
}, 300_000);
afterAll(() => open?.close());
afterEach(async () => {
  open.onHubCall = async () => undefined;
  for (const server of open.county.servers.values()) await server.inject(null);
});

interface PlainPage {
  readonly inspections: {
    readonly nodes: readonly Line[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly coverage: readonly { readonly state: string }[];
  };
}

async function walkPlainly() {
  const query = `query ($after: String) {
    inspections(where: {department: null}, orderBy: [{date: DESC}], first: 500, after: $after) { nodes { ${ROW} } pageInfo { hasNextPage endCursor } coverage { state } }
  }`;
  const rows: Line[] = [];
  const cursors: string[] = [];
  for (let more = true; more; ) {
    const answer = await open.county.ask(query, { after: cursors.at(-1) ?? null });
    expect(answer.errors).toBeUndefined();
    const { nodes, pageInfo, coverage } = (answer.data as unknown as PlainPage).inspections;
    expect(coverage.every(({ state }) => state === 'LIVE')).toBe(true);
    rows.push(...nodes);
    cursors.push(pageInfo.endCursor);
    more = pageInfo.hasNextPage;
  }
  return { rows, cursors };
}

function exportAs(options: object) {
  return readExport(open.gateway.url, { query: QUERY, ...options });
}

/** A row as cells, in the order of the headings. */
function cellsOf(row: Line): readonly string[] {
  const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  const list = (value: unknown): string => ((value ?? []) as readonly unknown[]).map(text).join('；');
  const part = (name: string): Line => (row[name] ?? {}) as Line;
  return [
    text(row.id),
    text(row.interface),
    text(row.department),
    text(row.date),
    text(row.checkedAt),
    text(row.result),
    list(row.results),
    list(row.officers),
    text(row.rawResult),
    text(part('subject').id),
    text(part('subject').name),
    text(part('case').id),
    text(part('case').fine),
    text(part('complaint').id),
  ];
}

function idsOf(rows: readonly Line[]): readonly string[] {
  return rows.map(({ id }) => String(id)).sort();
}

describe('an export of every inspection', () => {
  it('has as many rows as the world', () => {
    expect(walked.rows).toHaveLength([...open.county.world.inspections].length);
    expect(walked.cursors.length).toBeGreaterThan(4);
  });

  it('is NDJSON with the rows of a plain walk, in its order, and a last line that says so', async () => {
    const { status, headers, trailers, bytes } = await exportAs({ format: 'ndjson' });
    expect([status, headers['content-type']]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    const { rows, end } = readNdjson(bytes);
    expect(rows).toEqual(walked.rows);
    expect(end).toMatchObject({ state: 'complete', rows: rows.length, missing: [], late: [] });
    expect(trailers).toMatchObject({
      'x-export-state': 'complete',
      'x-export-rows': String(rows.length),
      'x-export-cursor': end.cursor,
      'x-export-missing': '',
    });
    expect(await readStanding(open.gateway.url, headers['x-export-status'])).toEqual(end);
  });

  it.each(['utf-8', 'gb18030'])('is CSV in %s with the same rows', async (charset) => {
    const { headers, bytes } = await exportAs({ format: 'csv', charset });
    expect(headers['content-type']).toBe(`text/csv; charset=${charset}; header=present`);
    expect(headers['content-disposition']).toBe('attachment; filename="inspections-20260630.csv"');
    expect(bytes.subarray(0, 3).equals(Buffer.from('\ufeff'))).toBe(charset === 'utf-8');
    const [headings, ...lines] = readCsv(bytes, charset);
    expect(headings).toEqual(HEADINGS);
    expect(lines).toEqual(walked.rows.map(cellsOf));
  });

  it('is a workbook with the same rows, dates and numbers, and a sheet on what they rest on', async () => {
    const { bytes } = await exportAs({ format: 'xlsx' });
    const [data, facts, ...others] = await readXlsx(bytes);
    expect([data?.name, facts?.name, others]).toEqual(['数据', '说明', []]);
    const [headings, ...lines] = data?.cells ?? [];
    expect(headings).toEqual(HEADINGS);
    expect(lines.map((line) => line.map(textOfCell))).toEqual(
      walked.rows.map((row) => cellsOf(row).map((text, place) => (place === 12 ? money(text) : text))),
    );
    const said = new Map((facts?.cells ?? []).map(([name, ...rest]) => [String(name), rest]));
    expect(said.get('结果 Result')?.[0]).toBe('完整 complete');
    expect(said.get('行数 Rows')?.[0]).toBe(String(walked.rows.length));
    expect(said.get('查询 Query')?.[0]).toBe(QUERY);
    expect(said.get('supervision.inspection')?.slice(1, 3)).toEqual([
      '实时 LIVE',
      '2026-06-30T06:30:00+08:00',
    ]);
  });

  it('has the filter of its variables', async () => {
    const { bytes } = await exportAs({ format: 'ndjson', variables: { dept: ['MARINE'] } });
    const marine = walked.rows.filter(({ department }) => department === 'MARINE');
    expect(readNdjson(bytes).rows).toEqual(marine);
  });

  it('goes on behind a cursor with exactly the rest', async () => {
    const { bytes } = await exportAs({ format: 'ndjson', after: walked.cursors[2] });
    expect(readNdjson(bytes).rows).toEqual(walked.rows.slice(1500));
  });
});

/** As a CSV would show it. */
function textOfCell(cell: unknown, place: number): string {
  if (cell === null) return '';
  if (!(cell instanceof Date)) return String(cell);
  // Days and their fractions are doubles.
  const text = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString().slice(0, 19);
  return place === 3 ? text.slice(0, 10) : `${text}+08:00`;
}

/** Amounts are numbers in a workbook: `1000.00` is 1000. */
function money(text: string): string {
  return text === '' ? '' : String(Number(text));
}

/** One request to the hub for each page. */
const IDS = '{ inspections(where: {department: null}, orderBy: [{date: DESC}]) { nodes { id interface } } }';
const PAGES = 6;

describe('as many exports as may run at a time', () => {
  it('leave no place for another until one of them has ended', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = 0;
    open.onHubCall = async (number) => {
      begun = number;
      await held;
    };
    const queryOf = (department: string): string =>
      `{ inspections(where: {department: [${department}]}, orderBy: [{date: DESC}]) { nodes { id } } }`;
    const running = ['MARKET', 'MARINE', 'HEALTH', 'CULTURE'].map((department) =>
      exportAs({ query: queryOf(department), format: 'ndjson' }),
    );
    while (begun < running.length) await nextTurn();
    const refused = await request(new URL('/export', open.gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: IDS, format: 'ndjson' }),
    });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '30']);
    expect(await refused.body.json()).toMatchObject({ errors: [{ extensions: { code: 'EXPORTS_BUSY' } }] });
    release();
    for (const { trailers } of await Promise.all(running))
      expect(trailers['x-export-state']).toBe('complete');
    const { trailers } = await exportAs({ query: IDS, format: 'ndjson' });
    expect(trailers['x-export-state']).toBe('complete');
  });
});

describe('an export while something is away', () => {
  const setHealth = (fault: Fault | null) => open.county.servers.get('health')?.inject(fault);
  const inHealth = ({ interface: name }: Line): boolean => name === 'health.inspection';

  it('brings the rows of an interface that comes back, and says that they are late', async () => {
    open.onHubCall = async (number) => {
      if (number === 3) await setHealth({ transport: 'refused' });
      // After the end, which it missed.
      if (number === PAGES + 2) await setHealth(null);
    };
    const { bytes, trailers } = await exportAs({ query: IDS, format: 'ndjson' });
    const { rows, end } = readNdjson(bytes);
    expect(end).toMatchObject({ state: 'complete', missing: [], late: ['health.inspection'] });
    expect(trailers['x-export-state']).toBe('complete');
    expect(idsOf(rows)).toEqual(idsOf(walked.rows));
    expect(rows.map(({ id }) => id)).not.toEqual(walked.rows.map(({ id }) => id));
  });

  it('names an interface that is dead to the end, and its cursor brings exactly its rows', async () => {
    await setHealth({ transport: 'refused' });
    const [ndjson, xlsx] = await Promise.all([
      exportAs({ query: IDS, format: 'ndjson' }),
      exportAs({ query: IDS, format: 'xlsx' }),
    ]);
    const { rows, end } = readNdjson(ndjson.bytes);
    expect(idsOf(rows)).toEqual(idsOf(walked.rows.filter((row) => !inHealth(row))));
    expect(end).toMatchObject({ state: 'incomplete', missing: [{ name: 'health.inspection', of: 'rows' }] });
    expect(end.interfaces.find(({ interface: name }) => name === 'health.inspection')?.state).toBe('MISSING');
    expect(ndjson.trailers).toMatchObject({
      'x-export-state': 'incomplete',
      'x-export-missing': 'health.inspection',
    });
    const [, facts] = await readXlsx(xlsx.bytes);
    const said = JSON.stringify(facts?.cells);
    expect(said).toContain('不完整：有缺失 incomplete');
    expect(said).toContain('缺失 MISSING');
    await setHealth(null);
    const rest = await exportUntil('complete', end.cursor);
    expect(idsOf(rest)).toEqual(idsOf(walked.rows.filter(inHealth)));
  });

  it('fills cells that were missing when it asks again', async () => {
    const hotline = open.county.servers.get('hotline');
    const query =
      '{ inspections(where: {department: null}, orderBy: [{date: DESC}]) { nodes { id complaint { id } } } }';
    let calls = 0;
    open.onHubCall = async (number) => {
      calls = number;
      if (number === 4) await hotline?.inject({ transport: 'refused' });
      if (number === 6) await hotline?.inject(null);
    };
    const { rows, end } = readNdjson((await exportAs({ query, format: 'ndjson' })).bytes);
    expect(end).toMatchObject({ state: 'complete' });
    expect(calls).toBeGreaterThan(PAGES);
    expect(rows).toEqual(walked.rows.map(({ id, complaint }) => ({ id, complaint })));
  });

  it('cuts a CSV that cannot go on, and tells the cursor from which the rest comes', async () => {
    open.onHubCall = async (number) => {
      if (number > 3) throw new Error('the hub is gone');
    };
    const response = await request(new URL('/export', open.gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: IDS }),
    });
    const pieces: Buffer[] = [];
    const reading = (async () => {
      for await (const piece of response.body) pieces.push(piece as Buffer);
    })();
    await expect(reading).rejects.toThrow();
    const [, ...lines] = readCsv(Buffer.concat(pieces), 'utf-8');
    const { state, rows, cursor } = await readStanding(open.gateway.url, response.headers['x-export-status']);
    expect([state, rows]).toEqual(['stopped', lines.length]);
    open.onHubCall = async () => undefined;
    const rest = await exportUntil('complete', cursor);
    expect([...lines.map(([id]) => id), ...rest.map(({ id }) => id)]).toEqual(
      walked.rows.map(({ id }) => id),
    );
  });
});

it('asks for no page more once its caller has left', async () => {
  let calls = 0;
  let reach = (): void => undefined;
  let release = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  open.onHubCall = async (number) => {
    calls = number;
    if (number < 3) return;
    reach();
    await released;
  };
  const response = await request(new URL('/export', open.gateway.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: IDS, format: 'ndjson' }),
  });
  response.body.on('error', () => undefined).resume();
  await reached;
  response.body.destroy();
  const address = response.headers['x-export-status'];
  let standing = await readStanding(open.gateway.url, address);
  while (standing.state === 'running') standing = await readStanding(open.gateway.url, address);
  release();
  expect(standing).toMatchObject({ state: 'left', cursor: null });
  expect(calls).toBe(3);
});

/** The rows behind a cursor, once the source's breaker lets through again. */
async function exportUntil(state: string, after: string | null): Promise<readonly Line[]> {
  const { rows, end } = readNdjson((await exportAs({ query: IDS, format: 'ndjson', after })).bytes);
  expect(end.state).toBe(state);
  return rows;
}
