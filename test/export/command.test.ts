import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandFailure } from '../../cli/exit-code.js';
import { exportList } from '../../cli/run/export-list.js';
import type { ExportOptions } from '../../cli/verbs/verb-bodies.js';
import { type ExportGateway, openExportGateway } from './open-export-gateway.js';
import { readCsv, readXlsx } from './read-export.js';

const QUERY = 'query ($d: [Department!]) { inspections(where: {department: $d}) { nodes { id date } } }';
const CURSOR = /--after (\S+)/;

let open: ExportGateway;
let folder: string;
let count: number;

beforeAll(async () => {
  open = await openExportGateway();
  folder = mkdtempSync(join(tmpdir(), 'eg-export-'));
  count = [...open.county.world.inspections].length;
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await open?.close();
});
afterEach(async () => {
  open.onHubCall = async () => undefined;
  for (const server of open.county.servers.values()) await server.inject(null);
});

async function run(options: Partial<ExportOptions>, input = '') {
  const [output, progress] = [new PassThrough(), new PassThrough()];
  const [written, told] = [text(output), text(progress)];
  const exporting = exportList(
    {
      url: new URL(open.gateway.url),
      query: { text: QUERY },
      variables: {},
      operationName: null,
      format: 'csv',
      charset: 'utf-8',
      outFile: null,
      after: null,
      token: null,
      purpose: null,
      ...options,
    },
    { input: Readable.from([input]), output, progress },
  );
  const exitCode = await exporting.catch((error: unknown) => {
    if (error instanceof CommandFailure) return error;
    throw error;
  });
  output.end();
  progress.end();
  return { exitCode, written: await written, told: await told };
}

describe('the verb export', () => {
  it('writes a file, tells how many rows it has, and exits with 0', async () => {
    const outFile = join(folder, 'all.csv');
    const { exitCode, told, written } = await run({ outFile, charset: 'gb18030' });
    expect([exitCode, written]).toEqual([0, '']);
    expect(told).toContain(`完成：${count.toLocaleString('en')} 行`);
    expect(readCsv(readFileSync(outFile), 'gb18030')).toHaveLength(count + 1);
    expect(existsSync(`${outFile}.part`)).toBe(false);
  });

  it('writes to the standard output, with the query of a file or of the standard input', async () => {
    const file = join(folder, 'query.graphql');
    writeFileSync(file, QUERY);
    const byFile = await run({ query: { file }, format: 'ndjson', variables: { d: ['MARINE'] } });
    const byInput = await run(
      { query: { file: '-' }, format: 'ndjson', variables: { d: ['MARINE'] } },
      QUERY,
    );
    const lines = (written: string) => written.trimEnd().split('\n').slice(0, -1);
    expect(lines(byFile.written).length).toBeGreaterThan(100);
    expect(lines(byFile.written)).toEqual(lines(byInput.written));
  });

  it('names what is missing to the end, exits with 1, and goes on from the cursor', async () => {
    await open.county.servers.get('health')?.inject({ transport: 'refused' });
    const outFile = join(folder, 'less.xlsx');
    const { exitCode, told } = await run({ outFile, format: 'xlsx' });
    expect(exitCode).toBe(1);
    expect(told).toContain('缺失 missing: health.inspection: SOURCE_UNAVAILABLE');
    const [data] = await readXlsx(readFileSync(outFile));
    await open.county.servers.get('health')?.inject(null);
    const rest = await run({ after: CURSOR.exec(told)?.[1] ?? '', format: 'ndjson' });
    expect(rest.exitCode).toBe(0);
    expect(rest.written.trimEnd().split('\n').length - 1 + (data?.cells.length ?? 0) - 1).toBe(count);
  });

  it('exits with 3 when the export stops, keeps what is written, and goes on from the cursor', async () => {
    open.onHubCall = async (number) => {
      if (number > 2) throw new Error('the hub is gone');
    };
    const outFile = join(folder, 'stopped.csv');
    const { exitCode, told } = await run({ outFile });
    expect(exitCode).toBe(3);
    expect(told).toContain('中断：已写 1,000 行');
    expect([existsSync(outFile), readCsv(readFileSync(`${outFile}.part`), 'utf-8').length]).toEqual([
      false,
      1001,
    ]);
    open.onHubCall = async () => undefined;
    const rest = await run({ after: CURSOR.exec(told)?.[1] ?? '' });
    expect(readCsv(Buffer.from(rest.written), 'utf-8')).toHaveLength(count - 1000 + 1);
  });

  it.each([
    [
      'a query that the gateway refuses',
      { query: { text: '{ departments { code } }' } },
      2,
      'EXPORT_NOT_ONE_LIST',
    ],
    ['a query that is not valid', { query: { text: '{ nothing }' } }, 2, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of the wrong type', { variables: { d: 7 } }, 2, 'BAD_USER_INPUT'],
    ['a forged cursor', { after: 'forged' }, 2, 'CURSOR_INVALID'],
    ['a file that is not there', { query: { file: join(tmpdir(), 'eg-no-such-query') } }, 2, 'ENOENT'],
    ['an output that cannot be written', { outFile: join(tmpdir(), 'eg-no-such', 'a.csv') }, 2, 'ENOENT'],
    ['a gateway that is not there', { url: new URL('http://127.0.0.1:1') }, 3, '--url'],
  ])('refuses %s', async (_, options, code, said) => {
    const { exitCode } = await run(options as Partial<ExportOptions>);
    expect(exitCode).toBeInstanceOf(CommandFailure);
    expect([(exitCode as CommandFailure).exitCode, (exitCode as CommandFailure).message]).toEqual([
      code,
      expect.stringContaining(said),
    ]);
  });
});
