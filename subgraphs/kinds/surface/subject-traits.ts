import type { subject } from '../subject.js';

/** What many subjects share: registers filter, order and count by it. */
export const SUBJECT_TRAITS = [
  'kind',
  'township',
  'industry',
  'state',
] as const satisfies readonly (keyof typeof subject.fields)[];

export type SubjectTrait = (typeof SUBJECT_TRAITS)[number];

/** What the list of subjects can be ordered by, besides the clauses of a query. */
export const SUBJECT_ORDERS = ['name', 'id', ...SUBJECT_TRAITS] as const;

export type SubjectOrderField = (typeof SUBJECT_ORDERS)[number];
