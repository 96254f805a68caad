import type { Database } from 'better-sqlite3';
import { describeSubject, type SubjectRecord } from './describe-subject.js';
import { inSlices, walkRows } from './in-slices.js';
import type { LinkedRefs } from './link-refs.js';
import { parseSighting, type StoredSighting } from './register-row.js';

const PAGE = 250;

/** Writes the subjects that follow from the linked refs, numbered in the order of their ids. */
export async function writeSubjects(db: Database, linked: LinkedRefs, signal: AbortSignal): Promise<void> {
  await copySpellings(db, signal);
  await describeGroups(db, linked, signal);
  await insertSubjects(db, signal);
  await insertRelations(db, signal);
}

interface Mention {
  readonly interface: string;
  readonly ref: string;
  readonly held: string;
}

async function copySpellings(db: Database, signal: AbortSignal): Promise<void> {
  const read = db.prepare<[string, string, string, number], Mention>(
    `SELECT interface, ref, held FROM mention WHERE (interface, ref, held) > (?, ?, ?)
     ORDER BY interface, ref, held LIMIT ?`,
  );
  const insert = db.prepare<[string, string]>('INSERT OR IGNORE INTO spelling (ref, held) VALUES (?, ?)');
  await walkRows(
    db,
    (after: Mention | undefined) =>
      read.all(after?.interface ?? '', after?.ref ?? '', after?.held ?? '', PAGE),
    ({ ref, held }) => {
      if (held !== '') insert.run(ref, held);
    },
    signal,
  );
}

/** Works each group out once, and keeps it under its id so that the next pass runs in that order. */
async function describeGroups(db: Database, linked: LinkedRefs, signal: AbortSignal): Promise<void> {
  db.exec('CREATE TABLE scratch.described (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID');
  const refText = db.prepare<[number], { ref: string }>('SELECT ref FROM scratch.node WHERE n = ?');
  const rowText = db.prepare<[number], StoredSighting>(
    'SELECT interface, key, said FROM sighting WHERE n = ?',
  );
  const insert = db.prepare<[string, string]>('INSERT INTO scratch.described (id, record) VALUES (?, ?)');
  for (let from = 0; from < linked.refCount; from += PAGE) {
    const groups = [...linked.groupsBetween(from, from + PAGE)];
    await inSlices(
      db,
      groups,
      (group) => {
        const refs = [...linked.refsOf(group)].flatMap((ref) => refText.get(ref)?.ref ?? []);
        const rows = [...linked.rowsOf(group)].flatMap((row) => {
          const stored = rowText.get(row);
          return stored === undefined ? [] : [parseSighting(stored)];
        });
        const record = describeSubject(refs, rows);
        insert.run(record.id, JSON.stringify(record));
      },
      signal,
    );
  }
}

async function walkDescribed(
  db: Database,
  handle: (record: SubjectRecord) => void,
  signal: AbortSignal,
): Promise<void> {
  const read = db.prepare<[string, number], { id: string; record: string }>(
    'SELECT id, record FROM scratch.described WHERE id > ? ORDER BY id LIMIT ?',
  );
  await walkRows(
    db,
    (after: { id: string } | undefined) => read.all(after?.id ?? '', PAGE),
    ({ record }: { readonly id: string; readonly record: string }) =>
      handle(JSON.parse(record) as SubjectRecord),
    signal,
  );
}

async function insertSubjects(db: Database, signal: AbortSignal): Promise<void> {
  const insertSubject = db.prepare<
    [number, string, string | null, string, string | null, string | null, string | null, number, string]
  >(
    'INSERT INTO subject (n, id, name, kind, township, industry, state, crowd, keys) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertAlias = db.prepare<[string, number, number]>(
    'INSERT INTO alias (ref, subject, current) VALUES (?, ?, ?)',
  );
  const insertLabel = db.prepare<[number, number, string, number]>(
    'INSERT INTO label (n, subject, text, former) VALUES (?, ?, ?, ?)',
  );
  const insertLike = db.prepare<[number, string]>('INSERT INTO label_like (rowid, text) VALUES (?, ?)');
  const insertDisputed = db.prepare<[number, number, string, string, string]>(
    'INSERT INTO disputed (subject, place, field, value, interface) VALUES (?, ?, ?, ?, ?)',
  );
  const spellings = db.prepare<[string], { held: string }>(
    'SELECT held FROM spelling WHERE ref = ? ORDER BY held',
  );
  const crowds = createCrowds();
  let subject = 0;
  let label = 0;
  await walkDescribed(
    db,
    (record) => {
      subject += 1;
      const refs = record.refs.map(({ ref }) => ref);
      const held = refs.flatMap((ref) => spellings.all(ref).map((row) => row.held));
      const keys = JSON.stringify([...refs, ...new Set(held)]);
      const { id, name, kind, township, industry, state } = record;
      insertSubject.run(subject, id, name, kind, township, industry, state, crowds.join(record), keys);
      for (const { ref, current } of record.refs) insertAlias.run(ref, subject, Number(current));
      for (const { text, former } of record.labels) {
        label += 1;
        insertLabel.run(label, subject, text, Number(former));
        if (!text.startsWith('#')) insertLike.run(label, text);
      }
      for (const [place, said] of record.disputed.entries()) {
        insertDisputed.run(subject, place, said.field, said.value, said.interface);
      }
    },
    signal,
  );
  crowds.save(db);
}

/** Counts subjects that filters cannot tell apart, so that counting them later costs nothing. */
function createCrowds() {
  type Traits = Pick<SubjectRecord, 'kind' | 'township' | 'industry' | 'state'>;
  interface Crowd {
    readonly n: number;
    readonly of: Traits;
    size: number;
  }
  const crowds = new Map<string, Crowd>();
  return {
    join: ({ kind, township, industry, state }: SubjectRecord): number => {
      const key = JSON.stringify([kind, township, industry, state]);
      const crowd = crowds.get(key) ?? {
        n: crowds.size + 1,
        of: { kind, township, industry, state },
        size: 0,
      };
      crowd.size += 1;
      crowds.set(key, crowd);
      return crowd.n;
    },
    save: (db: Database): void => {
      const insert = db.prepare<[number, string, string | null, string | null, string | null, number]>(
        'INSERT INTO crowd (n, kind, township, industry, state, size) VALUES (?, ?, ?, ?, ?, ?)',
      );
      db.transaction(() => {
        for (const { n, of, size } of crowds.values()) {
          insert.run(n, of.kind, of.township, of.industry, of.state, size);
        }
      })();
    },
  };
}

async function insertRelations(db: Database, signal: AbortSignal): Promise<void> {
  const subjectOf = db.prepare<[string], { subject: number }>('SELECT subject FROM alias WHERE ref = ?');
  const insert = db.prepare<[string, number, number]>(
    'INSERT OR IGNORE INTO relation (role, subject, other) VALUES (?, ?, ?)',
  );
  await walkDescribed(
    db,
    ({ id, related }) => {
      if (related.length === 0) return;
      const subject = subjectOf.get(id)?.subject;
      for (const { role, ref } of related) {
        const other = subjectOf.get(ref)?.subject;
        if (subject !== undefined && other !== undefined) insert.run(role, subject, other);
      }
    },
    signal,
  );
}
