import { createHmac } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { INDEX_VERSION } from './index-schema.js';

/** What decides whether a stored index still answers for today's county. */
export interface IndexMeta {
  /** Names of the interfaces that it was built from. */
  readonly interfaces: readonly string[];
  /** Tells person keys apart without giving them away: refs of persons are hashed under the key. */
  readonly keyDigest: string;
  /** ISO 8601 at +08:00. */
  readonly builtAt: string;
}

const storedMeta = z.strictObject({
  version: z.literal(INDEX_VERSION),
  interfaces: z.array(z.string()),
  keyDigest: z.string(),
  builtAt: z.string(),
});

export function digestPersonKey(personKey: Uint8Array | string): string {
  return createHmac('sha256', personKey).update('enforcement-graph/registry-index').digest('hex');
}

export function writeMeta(db: Database, meta: IndexMeta): void {
  const text = JSON.stringify({ version: INDEX_VERSION, ...meta });
  db.prepare<[string]>("INSERT OR REPLACE INTO meta (name, value) VALUES ('index', ?)").run(text);
}

/** Null for a file that is no finished index of this version. */
export function readMeta(db: Database): IndexMeta | null {
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE name = 'index'").get();
  if (row === undefined) return null;
  const parsed = storedMeta.safeParse(JSON.parse(row.value));
  return parsed.success ? parsed.data : null;
}
