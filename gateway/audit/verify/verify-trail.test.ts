import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { atDepth } from '../../../test/deep.js';
import { AUDIT_HASHES, type AuditHash } from '../audit-hash.js';
import { auditTime } from '../audit-record.js';
import { checkpointKeys } from '../checkpoint-keys.js';
import { folderPlace } from '../copy/folder-place.js';
import { openAudit } from '../open-audit.js';
import { auditFolders, later, SIGNING_KEY } from '../testing/audit-folders.js';
import { sampleRecord } from '../testing/sample-record.js';
import { type Tampering, tamper } from '../testing/tamper.js';
import type { BreakKind } from './trail-break.js';
import { verifyTrail } from './verify-trail.js';

const folders = auditFolders();
afterAll(() => folders.remove());

const KEYS = checkpointKeys(SIGNING_KEY);
const SEED = Number(process.env.AUDIT_SEED ?? 20260701);

interface Trail {
  folder: string;
  copy: string;
}

/** Three segments of 14 records each or so, closed and copied. */
async function writeTrail(hash: AuditHash): Promise<Trail> {
  const settings = folders.settings({ hash, segmentBytes: 12_000, checkpointRecords: 5 });
  const audit = await openAudit(settings);
  for (let index = 0; index < 42; index += 1) await audit.append(sampleRecord(index));
  await audit.close();
  return { folder: settings.folder, copy: String(settings.copyFolder) };
}

let tries = 0;

/** Tampers with what is named of a trail, in a place of its own, and verifies that. */
async function verifyTampered(
  trail: Trail,
  change: (trail: Trail) => boolean,
  { hasCopy = true, places = ['folder', 'copy'] as readonly (keyof Trail)[] } = {},
) {
  tries += 1;
  const root = join(folders.root, `tampered-${tries}`);
  const tampered = { ...trail };
  for (const place of places) {
    tampered[place] = join(root, place);
    cpSync(trail[place], tampered[place], { recursive: true });
  }
  const isChanged = change(tampered);
  const copy = hasCopy ? folderPlace(tampered.copy) : null;
  const { breaks } = await verifyTrail(tampered.folder, { keys: KEYS, copy, now: later() });
  rmSync(root, { recursive: true });
  return { isChanged, breaks };
}

const nat = fc.nat(1_000_000);
const tampering: fc.Arbitrary<Tampering> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), segment: nat, at: nat, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('drop' as const), segment: nat, line: nat }),
  fc.record({ kind: fc.constant('swap' as const), segment: nat, line: nat, other: nat }),
  fc.record({ kind: fc.constant('truncate' as const), segment: nat, at: nat }),
  fc.record({ kind: fc.constant('remove' as const), segment: nat }),
  fc.record({
    kind: fc.constant('rehash' as const),
    segment: nat,
    line: nat,
    keepsCheckpoints: fc.boolean(),
  }),
);

describe('verifyTrail()', () => {
  it.each(AUDIT_HASHES)('finds nothing wrong with a trail of %s, with or without its copy', async (hash) => {
    const trail = await writeTrail(hash);
    expect((await verifyTampered(trail, () => true)).breaks).toEqual([]);
    expect((await verifyTampered(trail, () => true, { hasCopy: false })).breaks).toEqual([]);
  });

  it.each(AUDIT_HASHES)(
    'finds every random tampering with a trail of %s, or with its copy',
    async (hash) => {
      const trail = await writeTrail(hash);
      const run = async (tampered: Tampering, place: 'folder' | 'copy' | 'folder alone') => {
        // Whole checkpoints at the end, and what they sign, can be missed by nobody but the copy.
        const isCut = tampered.kind === 'truncate' || tampered.kind === 'remove';
        const hasCopy = place !== 'folder alone' || isCut;
        const own = place === 'copy' ? 'copy' : 'folder';
        const change = (of: Trail) => tamper(of[own], tampered, hash);
        const { isChanged, breaks } = await verifyTampered(trail, change, { hasCopy, places: [own] });
        expect({ isChanged, found: breaks.length > 0 }).toEqual({ isChanged, found: isChanged });
      };
      const places = fc.constantFrom<'folder' | 'copy' | 'folder alone'>('folder', 'copy', 'folder alone');
      const numRuns = atDepth(250, 2500);
      await fc.assert(fc.asyncProperty(tampering, places, run), { numRuns, seed: SEED });
    },
    300_000,
  );

  it('finds what was changed and hashed again in the trail and its copy alike', async () => {
    const trail = await writeTrail('sha256');
    for (const keepsCheckpoints of [true, false]) {
      for (const segment of [0, 1, 2]) {
        const change = ({ folder, copy }: Trail) =>
          [folder, copy].every((one) =>
            tamper(one, { kind: 'rehash', segment, line: 3, keepsCheckpoints }, 'sha256'),
          );
        const { breaks } = await verifyTampered(trail, change);
        expect(breaks[0]?.kind).toBe(keepsCheckpoints ? 'forged' : 'unsigned');
      }
    }
  });

  const first: readonly [string, Tampering, { kind: BreakKind; segment: number; line: number }][] = [
    [
      'a changed line',
      { kind: 'flip', segment: 1, at: 2500, bit: 0 },
      { kind: 'changed', segment: 2, line: 4 },
    ],
    ['a dropped line', { kind: 'drop', segment: 1, line: 4 }, { kind: 'dropped', segment: 2, line: 5 }],
    [
      'swapped lines',
      { kind: 'swap', segment: 1, line: 4, other: 8 },
      { kind: 'swapped', segment: 2, line: 5 },
    ],
    ['lines cut off', { kind: 'truncate', segment: 2, at: 4000 }, { kind: 'torn', segment: 3, line: 6 }],
    [
      'a segment that is away',
      { kind: 'remove', segment: 1 },
      { kind: 'segment-missing', segment: 2, line: 0 },
    ],
    [
      'records that were hashed again',
      { kind: 'rehash', segment: 1, line: 2, keepsCheckpoints: true },
      { kind: 'forged', segment: 2, line: 7 },
    ],
  ];

  it.each(first)('says where and what of %s, without a copy', async (_, tampered, expected) => {
    const trail = await writeTrail('sha256');
    const { breaks } = await verifyTampered(trail, ({ folder }) => tamper(folder, tampered, 'sha256'), {
      hasCopy: false,
    });
    expect(breaks[0]).toMatchObject(expected);
  });

  it('says at which line a trail ends before its copy does', async () => {
    const trail = await writeTrail('sha256');
    const cut = ({ folder }: Trail): boolean =>
      [...Array(5)].every(() => tamper(folder, { kind: 'drop', segment: 2, line: 11 }, 'sha256'));
    const { breaks } = await verifyTampered(trail, cut);
    expect(breaks.map(({ kind }) => kind)).toContain('truncated');
  });

  it('finds nothing wrong with a trail while it is written', async () => {
    const settings = folders.settings({ segmentBytes: 200_000, checkpointMs: 20 });
    const audit = await openAudit(settings);
    let isOver = false;
    const writing = (async () => {
      for (let index = 0; !isOver; index += 1) {
        await audit.append(sampleRecord(index, { time: auditTime(new Date()) }));
      }
    })();
    for (let time = 0; time < 20; time += 1) {
      const copy = folderPlace(String(settings.copyFolder));
      expect((await verifyTrail(settings.folder, { keys: KEYS, copy })).breaks).toEqual([]);
      await wait(10);
    }
    const { records, checkpoints } = await verifyTrail(settings.folder, { keys: KEYS, copy: null });
    expect(records).toBeGreaterThan(20);
    expect(checkpoints).toBeGreaterThan(1);
    isOver = true;
    await writing;
    await audit.close();
  });
});
