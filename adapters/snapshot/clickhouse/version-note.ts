import { z } from 'zod';

/** What is kept beside the table of a version, as JSON in `snapshot_versions`. */
const versionNote = z.strictObject({
  /** Raised when versions are written differently, so that older ones are not served. */
  format: z.literal(1),
  table: z.string().regex(/^snapshot_[A-Za-z0-9_]+$/),
  /** Of the mapping's words by which it was read. */
  fingerprint: z.string(),
  rows: z.int().min(0),
  /** Of all cells and their columns, whatever the order of rows. */
  digest: z.string(),
  readAt: z.iso.datetime({ offset: true }),
  wholeAt: z.iso.datetime({ offset: true }),
  since: z.string().nullable(),
  absent: z.int().min(0).default(0),
});

export type VersionNote = z.infer<typeof versionNote>;

/** Null on anything else, and on a version of another fingerprint: the interface is then read anew. */
export function decodeNote(text: unknown, fingerprint: string): VersionNote | null {
  try {
    const note = versionNote.safeParse(JSON.parse(String(text))).data ?? null;
    return note?.fingerprint === fingerprint ? note : null;
  } catch {
    return null;
  }
}
