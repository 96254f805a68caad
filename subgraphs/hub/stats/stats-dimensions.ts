import type { FeedDimension } from '../../feed/feed.js';
import type { SubjectIdentity } from '../../feed/registry-port.js';

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

/** What every kind of row has; `day` is the field that dates it. */
const whereAndWhen = (day: string) =>
  ({
    DEPARTMENT: row({ field: 'department' }),
    INTERFACE: row({ interface: true }),
    TOWNSHIP: row({ field: 'township' }),
    YEAR: row({ field: day, truncate: 'year' }),
    QUARTER: row({ field: day, truncate: 'quarter' }),
    MONTH: row({ field: day, truncate: 'month' }),
  }) as const;

/** Dimensions by their names in the schema. */
export const INSPECTION_DIMENSIONS: Readonly<Record<string, StatsDimension>> = {
  ...whereAndWhen('date'),
  KIND: row({ field: 'kind' }),
  RESULT: row({ field: 'result' }),
  ...bySubject,
};

export const CASE_DIMENSIONS: Readonly<Record<string, StatsDimension>> = {
  ...whereAndWhen('decidedAt'),
  STAGE: row({ field: 'stage' }),
  PROCESS: row({ field: 'process' }),
  SOURCE: row({ field: 'source' }),
  TEAM: row({ field: 'team' }),
  ...bySubject,
};

export const COMPLAINT_DIMENSIONS = {
  ...whereAndWhen('date'),
  KIND: row({ field: 'kind' }),
  SOURCE: row({ field: 'source' }),
  CATEGORY: row({ field: 'category' }),
  STATE: row({ field: 'state' }),
} as const;

/** Dimensions of `repeatVisits`. */
export const SUBJECT_DIMENSIONS = bySubject;
