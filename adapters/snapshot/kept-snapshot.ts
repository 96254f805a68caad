import { z } from 'zod';
import { VERSION_FILE } from '../versions/stored-version.js';

/** The content of `current.json` beside an interface's snapshots. */
const keptSnapshot = z.strictObject({
  /** Raised when snapshots are written differently, so that older ones are not served. */
  format: z.literal(1),
  file: z.string().regex(VERSION_FILE),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int().min(0),
  /** Of the mapping's words by which it was read. */
  fingerprint: z.string(),
  readAt: z.iso.datetime({ offset: true }),
  wholeAt: z.iso.datetime({ offset: true }),
  since: z.string().nullable(),
  absent: z.int().min(0).default(0),
});

export type KeptSnapshot = z.infer<typeof keptSnapshot>;

/** Null on anything else, and on a snapshot of another fingerprint: the interface is then read anew. */
export function decodeKeptSnapshot(text: string, fingerprint: string): KeptSnapshot | null {
  try {
    const kept = keptSnapshot.safeParse(JSON.parse(text)).data ?? null;
    return kept?.fingerprint === fingerprint ? kept : null;
  } catch {
    return null;
  }
}
