import type { Database } from 'better-sqlite3';
import type { FeedRow, InterfaceInfo } from '../../feed/feed.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import { formatSighting, REGISTER_FIELDS, readRegisterRow } from './register-row.js';

/** Keeps what one row says of identity, and its numbers. @returns whether it tells of somebody something new. */
type RowKeeper = (row: FeedRow) => boolean;

/** The fields that an interface is asked for. */
export function keptFields({ kind, numbers = [] }: InterfaceInfo): readonly string[] {
  return kind === 'Subject' ? REGISTER_FIELDS : numbers;
}

export function createRowKeeper(
  db: Database,
  info: InterfaceInfo,
  personKey: Uint8Array | string,
): RowKeeper {
  return info.kind === 'Subject' ? keepRegisterRow(db, info.name, personKey) : keepMention(db, info);
}

function keepRegisterRow(db: Database, name: string, personKey: Uint8Array | string): RowKeeper {
  const insert = db.prepare<[string, string, string]>(
    `INSERT INTO sighting (interface, key, said) VALUES (?, ?, ?)
     ON CONFLICT (interface, key) DO UPDATE SET said = excluded.said WHERE said <> excluded.said`,
  );
  const keepSpellings = spellingsKeeper(db, name);
  return (row) => {
    const said = readRegisterRow(name, row, personKey);
    if (said === null) return false;
    const stored = formatSighting(said);
    const isNew = insert.run(stored.interface, stored.key, stored.said).changes > 0;
    return keepSpellings(row) || isNew;
  };
}

/** Rows about a subject are no proof of who it is: they only tell that it exists and how it is spelt. */
function keepMention(db: Database, info: InterfaceInfo): RowKeeper {
  const insert = db.prepare<[string, string]>(
    "INSERT OR IGNORE INTO mention (interface, ref, held) VALUES (?, ?, '')",
  );
  const find = db.prepare<[string], unknown>('SELECT 1 FROM alias WHERE ref = ?');
  const keepSpellings = spellingsKeeper(db, info.name);
  const keepNumbers = numbersKeeper(db, info);
  return ({ subject, ...row }) => {
    keepNumbers(row);
    let isNew = false;
    for (const ref of row.refs?.shared ?? (subject === null ? [] : [subject])) {
      if (insert.run(info.name, ref).changes > 0 && find.get(ref) === undefined) isNew = true;
    }
    return keepSpellings(row) || isNew;
  };
}

function spellingsKeeper(db: Database, name: string): (row: Pick<FeedRow, 'refs'>) => boolean {
  const insert = db.prepare<[string, string, string]>(
    'INSERT OR IGNORE INTO mention (interface, ref, held) VALUES (?, ?, ?)',
  );
  return ({ refs }) => {
    let isNew = false;
    for (const { ref, held } of refs?.spellings ?? [])
      if (insert.run(name, ref, held).changes > 0) isNew = true;
    return isNew;
  };
}

/** A number that a row no longer bears stays until the next whole build: who looks it up checks the row. */
function numbersKeeper(
  db: Database,
  { name, numbers = [] }: InterfaceInfo,
): (row: Pick<FeedRow, 'id' | 'values'>) => void {
  const insert = db.prepare<[string, string, string, string]>(
    'INSERT OR IGNORE INTO number (interface, field, number, key) VALUES (?, ?, ?, ?)',
  );
  return ({ id, values }) => {
    for (const [index, field] of numbers.entries()) {
      const value = values[index];
      const number = typeof value === 'string' ? normaliseDocumentNumber(value) : '';
      if (number !== '') insert.run(name, field, number, id.slice(name.length + 1));
    }
  };
}
