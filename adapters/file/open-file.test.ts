import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ZodError } from 'zod';
import type { Clock } from '../../runtime/clock.js';
import { SourceMalformed, SourceRejected, SourceUnavailable } from '../source-error.js';
import { wideBounds } from '../testing/contract-bounds.js';
import type { ImportStep } from './file-event.js';
import { openFileConnection } from './open-file.js';
import { BINDING, DropScene, homestayCsv, readRows, rejectionsOf } from './testing/drop-scene.js';
import { inline, sheetData, writeWorkbook } from './testing/write-workbook.js';

const OLD = homestayCsv([
  ['L1', '听海'],
  ['L2', '望岳'],
]);
const NEW = homestayCsv([['L3', '观潮']]);
const OLD_ROWS = [
  ['L1', '听海'],
  ['L2', '望岳'],
];
const NEW_ROWS = [['L3', '观潮']];

let scene: DropScene;
beforeEach(() => {
  scene = new DropScene();
});
afterEach(() => scene.stop());

const storeFiles = (): string[] => readdirSync(join(scene.store, 'culture.homestay'));
const versions = (): string[] => storeFiles().filter((name) => name.endsWith('.sqlite'));
const date = (path: string, iso: string): void => utimesSync(path, new Date(iso), new Date(iso));

function fixedClock(iso: string): Clock {
  return { now: () => new Date(iso), today: () => iso.slice(0, 10) };
}

describe('openFileConnection()', () => {
  it('refuses relative folders and objects of other kinds of sources', () => {
    expect(() => openFileConnection({ dialect: 'files', folder: 'drops', store: '/x' })).toThrow(ZodError);
    const connection = scene.connect();
    const table = { ...BINDING, definition: { kind: 'table', table: 'x' } } as const;
    expect(() => connection.bind(table)).toThrow(SourceRejected);
    expect(() => connection.bind({ ...BINDING, interface: '../x' })).toThrow(SourceRejected);
  });

  it('refuses a second mapping of the same interface, and takes the same one twice', () => {
    const connection = scene.connect();
    connection.bind(BINDING);
    expect(() => connection.bind({ ...BINDING, key: ['民宿名称'] })).toThrow(SourceRejected);
    expect(() => connection.bind({ ...BINDING })).not.toThrow();
  });

  it('reads nothing before an interface is bound', async () => {
    await expect(scene.connect().describe(BINDING.interface, wideBounds())).rejects.toBeInstanceOf(
      SourceRejected,
    );
  });

  it('tells by probe() whether drops can arrive', async () => {
    const connection = scene.connect();
    await expect(connection.probe(wideBounds())).resolves.toBeUndefined();
    rmSync(scene.folder, { recursive: true });
    await expect(connection.probe(wideBounds())).rejects.toBeInstanceOf(SourceUnavailable);
  });
});

describe('a drop', () => {
  it('is awaited by the first read and then serves, with its sheet, row and time of receipt', async () => {
    scene.drop('民宿台账20260629.csv', OLD);
    const adapter = scene.connect({ clock: fixedClock('2026-06-29T16:30:00Z') }).bind(BINDING);
    expect(await readRows(adapter, ['民宿名称', '_sheet', '_row', '_received'])).toEqual([
      ['听海', null, 2, '2026-06-30 00:30:00'],
      ['望岳', null, 3, '2026-06-30 00:30:00'],
    ]);
    const shape = await adapter.describe(BINDING.interface, wideBounds());
    expect(shape.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      '_sheet text',
      '_row integer',
      '_received text',
      '许可证号 text',
      '民宿名称 text',
    ]);
    expect(shape.indexes).toEqual([{ columns: ['许可证号'], unique: true }]);
  });

  it('that has not come leaves the source unavailable, with a sentence for the caller', async () => {
    const adapter = scene.connect().bind(BINDING);
    const error = await readRows(adapter).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SourceUnavailable);
    expect(error).toMatchObject({ detail: expect.stringContaining('尚未收到文件') });
  });

  it('takes the place of the last one as a whole, and reads that have begun end on the old one', async () => {
    scene.drop('民宿台账1.csv', homestayCsv(Array.from({ length: 30_000 }, (_, row) => [`L${row}`, '旧'])));
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    scene.drop('民宿台账2.csv', homestayCsv(Array.from({ length: 30_000 }, (_, row) => [`L${row}`, '新'])));
    let isDone = false;
    const settling = connection.settle().then(() => {
      isDone = true;
    });
    const seen = new Set<string>();
    while (!isDone) {
      const names = new Set((await readRows(adapter)).map((row) => row[1]));
      expect(names.size).toBe(1);
      for (const name of names) seen.add(String(name));
    }
    await settling;
    for (const row of await readRows(adapter)) seen.add(String(row[1]));
    expect([...seen]).toEqual(['旧', '新']);
  });

  it('is found without being asked for when the folder tells of it', async () => {
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await expect(readRows(adapter)).rejects.toBeInstanceOf(SourceUnavailable);
    scene.drop('民宿台账1.csv', OLD);
    const endsAt = performance.now() + 10_000;
    while (!scene.events.some(({ kind }) => kind === 'accepted') && performance.now() < endsAt) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
  });

  it('is not what is still uploaded, hidden, locked, linked or a folder', async () => {
    scene.drop('民宿台账.csv.part', OLD);
    scene.drop('民宿台账.TMP', OLD);
    scene.drop('~$民宿台账.xlsx', OLD);
    scene.drop('.民宿台账.csv', OLD);
    scene.drop('其他.csv', OLD);
    mkdirSync(join(scene.folder, '民宿台账目录'));
    symlinkSync(scene.drop('目标.csv', OLD), join(scene.folder, '民宿台账链接.csv'));
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    await expect(readRows(adapter)).rejects.toBeInstanceOf(SourceUnavailable);
    expect(scene.events).toEqual([]);
  });

  it('that is still growing is left alone until it stands still', async () => {
    const connection = scene.connect({ stableMs: 400 });
    const adapter = connection.bind(BINDING);
    const path = scene.drop('民宿台账1.csv', '许可证号,民宿名称\r\n');
    const settling = connection.settle();
    for (let row = 1; row <= 8; row += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      writeFileSync(path, `L${row},名\r\n`, { flag: 'a' });
    }
    await settling;
    expect(scene.events.filter(({ kind }) => kind !== 'step')).toHaveLength(1);
    expect(await readRows(adapter)).toHaveLength(8);
  });

  it('of the same bytes again is received again, as a version of its own', async () => {
    const path = scene.drop('民宿台账1.csv', OLD);
    let now = '2026-06-01T00:00:00Z';
    const connection = scene.connect({ clock: { now: () => new Date(now), today: () => now.slice(0, 10) } });
    const adapter = connection.bind(BINDING);
    await connection.settle();
    now = '2026-07-01T00:00:00Z';
    date(path, '2026-07-01T00:00:00Z');
    await connection.settle();
    expect(await readRows(adapter, ['许可证号', '_received'])).toEqual([
      ['L1', '2026-07-01 08:00:00'],
      ['L2', '2026-07-01 08:00:00'],
    ]);
    await connection.settle();
    expect(versions()).toHaveLength(2);
  });

  it('that comes late with an old time is told, and not passed over without a word', async () => {
    date(scene.drop('民宿台账0.csv', OLD), '2026-04-01T00:00:00Z');
    date(scene.drop('民宿台账1.csv', OLD), '2026-06-01T00:00:00Z');
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    expect(await connection.states()).toMatchObject([{ passedOver: [] }]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const late = scene.drop('民宿台账2.csv', NEW);
    date(late, '2026-05-20T00:00:00Z');
    await connection.settle();
    await connection.settle();
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
    expect(await connection.states()).toMatchObject([
      { passedOver: [{ file: '民宿台账2.csv', modified: '2026-05-20T00:00:00.000Z' }] },
    ]);
    expect(adapter.stats?.().notice).toContain('修改时间较早');
    expect(scene.events.filter(({ kind }) => kind === 'passed-over')).toEqual([
      { kind: 'passed-over', interface: BINDING.interface, file: '民宿台账2.csv', serving: '民宿台账1.csv' },
    ]);
    // Another process finds the same.
    const later = scene.connect();
    later.bind(BINDING);
    await later.settle();
    expect(await later.states()).toMatchObject([{ passedOver: [{ file: '民宿台账2.csv' }] }]);
    date(late, '2026-06-20T00:00:00Z');
    await connection.settle();
    expect(await readRows(adapter)).toEqual(NEW_ROWS);
    expect(await connection.states()).toMatchObject([{ passedOver: [] }]);
  });

  it('says what of it is not served, sheets that another interface reads apart', async () => {
    const sheet = sheetData([
      BINDING.columns.map(inline),
      [inline('L1'), inline('听海')],
      [inline('合计'), '<c/>'],
    ]);
    scene.drop('民宿台账1.xlsx', writeWorkbook({ sheets: { 菜园: sheet, 嵊山: sheet, 说明: sheet } }));
    const connection = scene.connect();
    const { definition } = BINDING;
    const only = (name: string) => ({ ...BINDING, definition: { ...definition, sheets: [name] } });
    connection.bind(only('菜园'));
    connection.bind({ ...only('嵊山'), interface: 'culture.other' });
    await connection.settle();
    const [state] = await connection.states();
    expect(state?.serving?.notes).toEqual([
      expect.stringMatching(/^工作表“说明”有内容|^工作表“菜园”第 3 行是合计/),
      expect.stringMatching(/^工作表“说明”有内容/),
    ]);
  });

  it('that is deleted goes on serving, also after a restart', async () => {
    const path = scene.drop('民宿台账1.csv', OLD);
    await scene.connect().bind(BINDING).probe(wideBounds());
    rmSync(path);
    const later = scene.connect();
    const adapter = later.bind(BINDING);
    await later.settle();
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
    rmSync(scene.folder, { recursive: true });
    await later.settle();
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
    expect(scene.events.at(-1)?.kind).toBe('away');
  });

  it.each(['民宿台账a.csv', '民宿台账c.csv'])(
    'of two at once is the newest, whatever its name (%s)',
    async (name) => {
      date(scene.drop('民宿台账b.csv', OLD), '2026-06-01T00:00:00Z');
      date(scene.drop(name, NEW), '2026-06-02T00:00:00Z');
      const connection = scene.connect();
      const adapter = connection.bind(BINDING);
      await connection.settle();
      expect(await readRows(adapter)).toEqual(NEW_ROWS);
      expect(versions()).toHaveLength(1);
    },
  );

  it('of two of the same moment is the one whose name, with the date, is greater', async () => {
    date(scene.drop('民宿台账20260630.csv', NEW), '2026-06-02T00:00:00Z');
    date(scene.drop('民宿台账20260530.csv', OLD), '2026-06-02T00:00:00Z');
    const adapter = scene.connect().bind(BINDING);
    expect(await readRows(adapter)).toEqual(NEW_ROWS);
  });

  it('that is older than what serves is passed over, unless it takes the place of its file', async () => {
    const path = scene.drop('民宿台账2.csv', NEW);
    date(path, '2026-06-02T00:00:00Z');
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    date(scene.drop('民宿台账1.csv', OLD), '2026-06-01T00:00:00Z');
    await connection.settle();
    expect(await readRows(adapter)).toEqual(NEW_ROWS);
    renameSync(join(scene.folder, '民宿台账1.csv'), path);
    await connection.settle();
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
  });

  it('from a clock that runs ahead does not keep out the next ones', async () => {
    date(scene.drop('民宿台账1.csv', OLD), '2099-01-01T00:00:00Z');
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    await new Promise((resolve) => setTimeout(resolve, 20));
    scene.drop('民宿台账2.csv', NEW);
    await connection.settle();
    await connection.settle();
    expect(await readRows(adapter)).toEqual(NEW_ROWS);
    expect(versions()).toHaveLength(2);
  });

  it('is read again under another mapping, and by that mapping judged', async () => {
    scene.drop('民宿台账1.csv', OLD);
    const first = scene.connect();
    first.bind(BINDING);
    await first.settle();
    const second = scene.connect();
    const adapter = second.bind({ ...BINDING, columns: [...BINDING.columns, '房间数'] });
    await second.settle();
    expect(await rejectionsOf(second)).toMatchObject([{ reasons: 1, isSettled: false }]);
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
  });
});

describe('the store', () => {
  it('keeps the current version and the two before it', async () => {
    const connection = scene.connect();
    connection.bind(BINDING);
    for (let drop = 1; drop <= 5; drop += 1) {
      scene.drop(`民宿台账${drop}.csv`, homestayCsv([[`L${drop}`, '名']]));
      await connection.settle();
    }
    expect(versions()).toHaveLength(3);
    expect(readdirSync(join(scene.store, 'culture.homestay', 'staging'))).toEqual([]);
  });

  it('serves after a restart without reading the drop again', async () => {
    scene.drop('民宿台账1.csv', OLD);
    await scene.connect().bind(BINDING).probe(wideBounds());
    scene.events.length = 0;
    const later = scene.connect();
    const adapter = later.bind(BINDING);
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
    await later.settle();
    expect(scene.events).toEqual([]);
  });

  it('holds the old version or the new one, whenever the process is killed', async () => {
    scene.drop('民宿台账1.csv', OLD);
    const left = new Map<ImportStep, string>();
    const connection = scene.connect({
      onEvent: (event) => {
        if (event.kind !== 'step' || event.file !== '民宿台账2.csv') return;
        // The disk as a process that is killed here leaves it.
        const copy = join(scene.root, `killed-${event.step}`);
        cpSync(scene.store, copy, { recursive: true });
        left.set(event.step, copy);
      },
    });
    connection.bind(BINDING);
    await connection.settle();
    scene.drop('民宿台账2.csv', NEW);
    await connection.settle();
    expect([...left.keys()]).toEqual(['staged', 'written', 'kept', 'published']);
    for (const [step, store] of left) {
      const afterwards = scene.connect({}, store);
      const adapter = afterwards.bind(BINDING);
      expect({ step, rows: await readRows(adapter) }).toEqual({
        step,
        rows: step === 'published' ? NEW_ROWS : OLD_ROWS,
      });
      await afterwards.settle();
      expect({ step, rows: await readRows(adapter) }).toEqual({ step, rows: NEW_ROWS });
    }
  });

  it('whose version is damaged says so, and reads the drop again if it is still there', async () => {
    const path = scene.drop('民宿台账1.csv', OLD);
    const connection = scene.connect();
    connection.bind(BINDING);
    await connection.settle();
    await connection.close();
    const [file = ''] = versions();
    const version = join(scene.store, 'culture.homestay', file);
    // One byte of a text: SQLite itself would never notice.
    const bytes = readFileSync(version);
    bytes[bytes.indexOf('听海')] = 0xe6;
    writeFileSync(version, bytes);
    const again = scene.connect();
    const adapter = again.bind(BINDING);
    await expect(readRows(adapter)).rejects.toBeInstanceOf(SourceMalformed);
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
    await again.close();
    rmSync(path);
    for (const each of versions()) writeFileSync(join(scene.store, 'culture.homestay', each), 'garbage');
    const without = scene.connect().bind(BINDING);
    for (let call = 0; call < 2; call += 1) {
      await expect(readRows(without)).rejects.toBeInstanceOf(SourceMalformed);
    }
  });

  it.each(['{', '{"format": 2}', ''])(
    'whose note on the current version is %j reads the drop again',
    async (note) => {
      scene.drop('民宿台账1.csv', OLD);
      const connection = scene.connect();
      connection.bind(BINDING);
      await connection.settle();
      writeFileSync(join(scene.store, 'culture.homestay', 'current.json'), note);
      expect(await readRows(scene.connect().bind(BINDING))).toEqual(OLD_ROWS);
    },
  );

  it('that cannot be written leaves the old version serving, and takes the drop when it can', async () => {
    scene.drop('民宿台账1.csv', OLD);
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    const staging = join(scene.store, 'culture.homestay', 'staging');
    rmSync(staging, { recursive: true });
    writeFileSync(staging, 'in the way');
    scene.drop('民宿台账2.csv', NEW);
    await connection.settle();
    expect(scene.events.at(-1)).toMatchObject({ kind: 'failed', error: expect.any(SourceUnavailable) });
    expect(await readRows(adapter)).toEqual(OLD_ROWS);
    rmSync(staging);
    await connection.settle();
    expect(await readRows(adapter)).toEqual(NEW_ROWS);
  });

  it('that never could be written leaves the source unavailable', async () => {
    scene.drop('民宿台账1.csv', OLD);
    writeFileSync(scene.store, 'in the way');
    const error = await readRows(scene.connect().bind(BINDING)).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SourceUnavailable);
  });
});

describe('explain()', () => {
  it('names the version, the drop, its receipt and the statement', async () => {
    scene.drop('民宿台账20260629.csv', OLD);
    const connection = scene.connect({ clock: fixedClock('2026-06-29T16:30:00Z') });
    const adapter = connection.bind(BINDING);
    const request = {
      from: { name: BINDING.interface },
      columns: ['民宿名称'],
      where: { kind: 'compare', column: '许可证号', op: 'eq', value: 'L1' },
      orderBy: [],
      limit: 5,
    } as const;
    expect(adapter.explain(request)).toContain('尚无版本');
    await adapter.read(request, wideBounds());
    const text = adapter.explain(request);
    for (const part of ['民宿台账*', '民宿台账20260629.csv', '2026-06-30 00:30:00', versions()[0], 'WHERE']) {
      expect(text).toContain(part);
    }
  });
});
