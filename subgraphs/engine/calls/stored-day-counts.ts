import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import type { DayCounts } from './day-counts.js';

const DAYS_KEPT = 7;

/**
 * Counts in a SQLite file, so that a restart does not grant a day's quota twice. Only interfaces with a daily quota
 * write, once for each exchange; a machine that loses power may forget the last of them.
 *
 * @throws when the file cannot be opened or written.
 */
export function openStoredDayCounts(file: string): DayCounts {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = normal');
  database.exec(
    `create table if not exists day_count (
       day text not null, interface text not null, count integer not null, primary key (day, interface)
     ) without rowid`,
  );
  database
    .prepare(
      'delete from day_count where day not in (select distinct day from day_count order by day desc limit ?)',
    )
    .run(DAYS_KEPT);
  database.exec('create table if not exists holder (id text not null)');
  database.prepare('insert into holder select ? where not exists (select * from holder)').run(randomUUID());
  const holder = database.prepare<[], string>('select id from holder').pluck().get() ?? '';
  const select = database
    .prepare<[string, string], number>('select count from day_count where day = ? and interface = ?')
    .pluck();
  const upsert = database.prepare<[string, string]>(
    'insert into day_count values (?, ?, 1) on conflict do update set count = count + 1',
  );
  return {
    holder,
    count: (interfaceName, day) => select.get(day, interfaceName) ?? 0,
    add: (interfaceName, day) => {
      upsert.run(day, interfaceName);
    },
    close: () => {
      database.close();
    },
  };
}
