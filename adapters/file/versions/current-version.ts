import { z } from 'zod';
import { VERSION_FILE } from '../../versions/stored-version.js';

const note = z.strictObject({
  code: z.enum([
    'gb18030',
    'doubtful-gb18030',
    'doubtful-utf-8',
    'remark-row',
    'table-total',
    'unread-sheet',
  ]),
  sheet: z.string().nullable(),
  row: z.number().nullable(),
});

const judgedDrop = z.strictObject({
  name: z.string().min(1),
  size: z.number().min(0),
  modifiedMs: z.number(),
});

/** The content of `current.json`. */
const currentVersion = z.strictObject({
  /** Raised when versions are written differently, so that older ones are imported again. */
  format: z.literal(1),
  /** The version's file beside this one. */
  file: z.string().regex(VERSION_FILE),
  /** Of the version's file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int().min(1),
  drop: judgedDrop,
  /** ISO; when it was accepted. */
  received: z.iso.datetime(),
  /** Of the mapping's words by which it was read. */
  fingerprint: z.string(),
  /** Drops that were accepted before, latest first: one whose clock runs ahead must not come back for ever. */
  earlier: z.array(judgedDrop),
  /** What was decided while the drop was read, and what of it is not in the version. */
  notes: z.array(note).default([]),
  /** When the last of the drops came that lay there when this one was accepted, by this machine's clock in milliseconds. */
  seenMs: z.number().optional(),
});

export type CurrentVersion = z.infer<typeof currentVersion>;

/** Null on anything else: then there is no current version, and a drop that is still there is read again. */
export function decodeCurrentVersion(text: string): CurrentVersion | null {
  try {
    return currentVersion.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
