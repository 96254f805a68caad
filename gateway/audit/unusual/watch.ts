import type { AuditRecord } from '../audit-record.js';
import type { UnusualRules } from './unusual-rules.js';

/** Something unusual, for people to judge. */
export interface Finding {
  readonly rule: keyof UnusualRules;
  readonly caller: string;
  /** Of `follow` alone. */
  readonly subjectHash?: string;
  /** Times of the first and the last record that it rests on. */
  readonly from: string;
  readonly to: string;
  /** `night`, `volume`: answers. `follow`: different days. */
  readonly count: number;
}

/** An answer with data, and who got it. */
export interface Look {
  readonly caller: string;
  readonly record: AuditRecord;
}

/** One rule that is followed through records in the order of their times, as far as that is theirs. */
export interface Watch {
  /** @returns what was over before this record. */
  see(look: Look): readonly Finding[];
  /** @returns what goes on at the end. */
  end(): readonly Finding[];
}
