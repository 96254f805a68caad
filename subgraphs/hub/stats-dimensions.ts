import type { FeedDimension } from '../feed.js';
import type { SubjectIdentity } from '../registry-port.js';

/** One dimension of a statistic: taken from the rows, or from whom they are about. */
export type StatsDimension =
  | { readonly of: 'row'; readonly dimension: FeedDimension }
  | { readonly of: 'subject'; readonly read: (subject: SubjectIdentity) => string | null };

const bySubject: Readonly<Record<string, StatsDimension>> = {
  SUBJECT_KIND: { of: 'subject', read: ({ kind }) => kind },
  SUBJECT_TOWNSHIP: { of: 'subject', read: ({ township }) => township },
  SUBJECT_INDUSTRY: { of: 'subject', read: ({ industry }) => industry },
};

const row = (dimension: FeedDimension): StatsDimension => ({ of: 'row', dimension });

/** Dimensions by their names in the schema. */
export const INSPECTION_DIMENSIONS: Readonly<Record<string, StatsDimension>> = {
  DEPARTMENT: row({ field: 'department' }),
  INTERFACE: row({ interface: true }),
  YEAR: row({ field: 'date', truncate: 'year' }),
  QUARTER: row({ field: 'date', truncate: 'quarter' }),
  MONTH: row({ field: 'date', truncate: 'month' }),
  KIND: row({ field: 'kind' }),
  RESULT: row({ field: 'result' }),
  TOWNSHIP: row({ field: 'township' }),
  ...bySubject,
};

export const CASE_DIMENSIONS: Readonly<Record<string, StatsDimension>> = {
  DEPARTMENT: row({ field: 'department' }),
  INTERFACE: row({ interface: true }),
  YEAR: row({ field: 'decidedAt', truncate: 'year' }),
  QUARTER: row({ field: 'decidedAt', truncate: 'quarter' }),
  MONTH: row({ field: 'decidedAt', truncate: 'month' }),
  STAGE: row({ field: 'stage' }),
  PROCESS: row({ field: 'process' }),
  SOURCE: row({ field: 'source' }),
  TOWNSHIP: row({ field: 'township' }),
  TEAM: row({ field: 'team' }),
  ...bySubject,
};

export const COMPLAINT_DIMENSIONS = {
  DEPARTMENT: row({ field: 'department' }),
  INTERFACE: row({ interface: true }),
  YEAR: row({ field: 'date', truncate: 'year' }),
  QUARTER: row({ field: 'date', truncate: 'quarter' }),
  MONTH: row({ field: 'date', truncate: 'month' }),
  KIND: row({ field: 'kind' }),
  SOURCE: row({ field: 'source' }),
  CATEGORY: row({ field: 'category' }),
  STATE: row({ field: 'state' }),
  TOWNSHIP: row({ field: 'township' }),
} as const;

/** Dimensions of `repeatVisits`. */
export const SUBJECT_DIMENSIONS = bySubject;
