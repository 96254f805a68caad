import type { Database } from 'better-sqlite3';
import { proofOf, WEAK_PROOFS } from '../scheme-strength.js';
import { createChains } from './chains.js';
import { countInSlices, walkRows } from './in-slices.js';
import { parseSighting, type RegisterRow, type StoredSighting } from './register-row.js';
import { createUnionFind, type UnionFind } from './union-find.js';

const PAGE = 500;

/** Refs in groups of one subject each. Numbers of refs are rows of `scratch.node`, counted from 0. */
export interface LinkedRefs {
  readonly refCount: number;
  /** Groups among the refs numbered `from` … `to` − 1; each group is named by one of its refs. */
  groupsBetween(from: number, to: number): Iterable<number>;
  refsOf(group: number): Iterable<number>;
  /** `sighting.n` of the rows about the group. */
  rowsOf(group: number): Iterable<number>;
}

/** A ref of weak proof, and a stronger one of the same row. */
interface Claim {
  readonly ref: number;
  readonly by: number;
}

/**
 * Decides which refs name the same subject.
 *
 * Rows that share an official number are about one subject, transitively: an old shop's registration number
 * ties it to the firm that took it over. A person, a plate or a vessel's name follows the one subject whose
 * rows hold it, and stands alone as soon as two subjects do. Rows of other kinds link nothing.
 */
export async function linkRefs(db: Database, signal: AbortSignal): Promise<LinkedRefs> {
  const sets = createUnionFind();
  const numberOf = refNumbers(db, sets);
  const claims = new Map<number, Claim[]>(WEAK_PROOFS.map((proof) => [proof, []]));
  /** Numbers of rows, and of a ref of each. */
  const rows: number[] = [];
  const anchors: number[] = [];
  await walkSightings(db, signal, (row, said) => {
    const proofs = said.refs.map(proofOf);
    const best = Math.min(...proofs);
    const numbers = said.refs.map(numberOf);
    const [anchor] = numbers.filter((_, index) => proofs[index] === best);
    if (anchor === undefined) return;
    rows.push(row);
    anchors.push(anchor);
    numbers.forEach((ref, index) => {
      const proof = proofs[index] ?? best;
      if (proof === best) sets.join(anchor, ref);
      else claims.get(proof)?.push({ ref, by: anchor });
    });
    for (const { ref } of said.related) numberOf(ref);
  });
  await addMentioned(db, numberOf, signal);
  for (const proof of WEAK_PROOFS) await settleClaims(sets, claims.get(proof) ?? [], signal);
  const rowChains = createChains(sets.size);
  await countInSlices(anchors.length, (index) => rowChains.add(sets.find(anchors[index] ?? 0)), signal);
  const refChains = createChains(sets.size);
  await countInSlices(sets.size, (ref) => refChains.add(sets.find(ref)), signal);
  return {
    refCount: sets.size,
    groupsBetween: function* (from, to) {
      for (let ref = from; ref < Math.min(to, sets.size); ref += 1) if (sets.find(ref) === ref) yield ref;
    },
    refsOf: (group) => refChains.of(group),
    rowsOf: function* (group) {
      for (const index of rowChains.of(group)) yield rows[index] ?? 0;
    },
  };
}

/** Numbers refs as they come; the texts stay in the file, which keeps a million subjects out of memory. */
function refNumbers(db: Database, sets: UnionFind): (ref: string) => number {
  db.exec('CREATE TABLE scratch.node (n INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE)');
  const find = db.prepare<[string], { n: number }>('SELECT n FROM scratch.node WHERE ref = ?');
  const add = db.prepare<[number, string]>('INSERT INTO scratch.node (n, ref) VALUES (?, ?)');
  return (ref) => {
    const known = find.get(ref);
    if (known !== undefined) return known.n;
    const n = sets.add();
    add.run(n, ref);
    return n;
  };
}

async function walkSightings(
  db: Database,
  signal: AbortSignal,
  handle: (row: number, said: RegisterRow) => void,
): Promise<void> {
  type Numbered = StoredSighting & { readonly n: number };
  const read = db.prepare<[number, number], Numbered>(
    'SELECT n, interface, key, said FROM sighting WHERE n > ? ORDER BY n LIMIT ?',
  );
  await walkRows(
    db,
    (after: Numbered | undefined) => read.all(after?.n ?? 0, PAGE),
    (row) => handle(row.n, parseSighting(row)),
    signal,
  );
}

async function addMentioned(
  db: Database,
  numberOf: (ref: string) => number,
  signal: AbortSignal,
): Promise<void> {
  type Mention = { readonly interface: string; readonly ref: string; readonly held: string };
  const read = db.prepare<[string, string, string, number], Mention>(
    `SELECT interface, ref, held FROM mention WHERE (interface, ref, held) > (?, ?, ?)
     ORDER BY interface, ref, held LIMIT ?`,
  );
  await walkRows(
    db,
    (after: Mention | undefined) =>
      read.all(after?.interface ?? '', after?.ref ?? '', after?.held ?? '', PAGE),
    ({ ref, held }) => {
      if (held === '') numberOf(ref);
    },
    signal,
  );
}

/** Joins each weak ref, with those it already stands together with, to the one group that claims them. */
async function settleClaims(sets: UnionFind, claims: readonly Claim[], signal: AbortSignal): Promise<void> {
  const CONTESTED = -1;
  const owners = new Map<number, number>();
  await countInSlices(
    claims.length,
    (index) => {
      const claim = claims[index];
      if (claim === undefined) return;
      const claimed = sets.find(claim.ref);
      const owner = sets.find(claim.by);
      const known = owners.get(claimed);
      if (known === undefined) owners.set(claimed, owner);
      else if (known !== owner) owners.set(claimed, CONTESTED);
    },
    signal,
  );
  const settled = [...owners].filter(([, owner]) => owner !== CONTESTED);
  await countInSlices(
    settled.length,
    (index) => {
      const [claimed, owner] = settled[index] ?? [];
      if (claimed !== undefined && owner !== undefined) sets.join(claimed, owner);
    },
    signal,
  );
}
