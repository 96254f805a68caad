import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { type DropStanding, serveDrops } from './drops.js';
import { isThisMachine } from './this-machine.js';

const REPORT = '\ufeff"工作表 sheet"\n"菜园镇"\n';
let folder: string;
let app: FastifyInstance;
let origin: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eg-drops-'));
  const path = join(folder, '民宿台账.csv');
  writeFileSync(path, REPORT);
  const standings: readonly DropStanding[] = [
    {
      interface: 'culture.homestay',
      serving: { file: '民宿台账20260601.xlsx', received: '2026-06-01T00:00:00.000Z', rows: 12 },
      rejection: {
        drop: { name: '民宿台账20260629.xlsx' },
        rejectedAt: '2026-06-29T00:00:00.000Z',
        reasons: 1,
        isSettled: false,
        examples: ['主键为空 / the key is empty'],
        path,
      },
    },
    { interface: 'culture.scenic-spot', serving: null, rejection: null },
  ];
  app = Fastify();
  serveDrops(app, async () => standings);
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

describe('serveDrops()', () => {
  it('lists what serves and what was rejected, without paths of the machine', async () => {
    const text = await (await fetch(`${origin}/drops`)).text();
    expect(JSON.parse(text)).toEqual({
      interfaces: [
        {
          interface: 'culture.homestay',
          serving: { file: '民宿台账20260601.xlsx', received: '2026-06-01T00:00:00.000Z', rows: 12 },
          rejected: {
            file: '民宿台账20260629.xlsx',
            rejectedAt: '2026-06-29T00:00:00.000Z',
            reasons: 1,
            settled: false,
            examples: ['主键为空 / the key is empty'],
            report: '/drops/culture.homestay/report.csv',
          },
        },
        { interface: 'culture.scenic-spot', serving: null, rejected: null },
      ],
    });
    expect(text).not.toContain(folder);
  });

  it('gives a report to this machine', async () => {
    const answer = await fetch(`${origin}/drops/culture.homestay/report.csv`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(Buffer.from(await answer.arrayBuffer()).toString('utf8')).toBe(REPORT);
    expect((await fetch(`${origin}/drops/culture.scenic-spot/report.csv`)).status).toBe(404);
    expect((await fetch(`${origin}/drops/..%2F..%2Fetc/report.csv`)).status).toBe(404);
  });

  it('refuses a report to whoever comes through a proxy', async () => {
    const headers = { 'x-forwarded-for': '10.1.2.3' };
    expect((await fetch(`${origin}/drops/culture.homestay/report.csv`, { headers })).status).toBe(403);
  });
});

describe('isThisMachine()', () => {
  it.each([
    ['127.0.0.1', { host: '127.0.0.1:4000' }, true],
    ['::1', { host: '[::1]:4000' }, true],
    ['::ffff:127.0.0.1', { host: 'localhost' }, true],
    ['10.1.2.3', { host: 'localhost' }, false],
    ['127.0.0.1', { host: 'evil.example:4000' }, false],
    ['127.0.0.1', { host: 'localhost', forwarded: 'for=10.1.2.3' }, false],
    [undefined, { host: 'localhost' }, false],
    ['127.0.0.1', {}, false],
  ])('of %s with %j is %s', (remoteAddress, headers, expected) => {
    expect(isThisMachine(remoteAddress, headers)).toBe(expected);
  });
});
