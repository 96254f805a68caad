import type { DerivedDeclaration } from '../derived.js';
import { textOf } from '../derived.js';

/** Decisions reach the credit platform within so many working days (国办发〔2015〕51号). */
export const PUBLICATION_WORKING_DAYS = 7;

/** Working days from a decision to its publication on the credit platform; records without a decision have none. */
export const publicationLag: DerivedDeclaration<'decidedAt' | 'date'> = {
  type: 'Integer',
  level: 'L1',
  words: '决定至公示的工作日数；无决定的记录为空. Working days from the decision to its publication.',
  inputs: ['decidedAt', 'date'],
  requires: ['decidedAt', 'date'],
  value: (values, { workingDays }) => {
    const [decidedAt, date] = [textOf(values, 'decidedAt'), textOf(values, 'date')];
    return decidedAt === null || date === null ? null : workingDays.countTo(decidedAt, date);
  },
  narrow: (comparison) =>
    'from' in comparison && comparison.from !== undefined
      ? { condition: { not: { field: 'decidedAt', isNull: true } }, exact: false }
      : null,
};
