import type { SourceError } from '../source-error.js';
import type { RejectionSummary } from './rejections/rejection.js';

/**
 * How far an import has come: the drop's bytes are copied; the version's file is written; it stands among the
 * versions; it serves.
 */
export type ImportStep = 'staged' | 'written' | 'kept' | 'published';

/** What happens to drops, for the operator's log. */
export type FileEvent =
  /** The drop folder cannot be read; told once, until it can be read again. */
  | { readonly kind: 'away'; readonly error: SourceError }
  | { readonly kind: 'step'; readonly interface: string; readonly file: string; readonly step: ImportStep }
  | {
      readonly kind: 'accepted';
      readonly interface: string;
      readonly file: string;
      readonly rows: number;
      /** What the operator should know of it, Chinese first. */
      readonly notes: readonly string[];
    }
  /** A drop came, but its time is older than that of the one that serves. Told once. */
  | {
      readonly kind: 'passed-over';
      readonly interface: string;
      readonly file: string;
      readonly serving: string;
    }
  | {
      readonly kind: 'rejected';
      readonly interface: string;
      readonly file: string;
      readonly summary: RejectionSummary;
    }
  /** The drop could not be read, or the store not be written; it is tried again at the next look. */
  | {
      readonly kind: 'failed';
      readonly interface: string;
      readonly file: string | null;
      readonly error: SourceError;
    };
