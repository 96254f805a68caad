import { badInput } from '../filter/bad-input.js';
import { givesSubjects, isOfRegister, type SubjectCondition } from './subject-condition.js';

/** Why a condition cannot be answered by itself: it gives no subjects, but takes away from others. */
export function refuseAbsence(condition: SubjectCondition): Error {
  const { path, clauses, facets, owners, anyOf, noneOf } = condition;
  if (isOfRegister(condition)) return badInput(path, '至少写一项条件。', 'must have a condition.');
  const below = [...owners, ...anyOf.flat()].find((one) => !givesSubjects(one));
  if (clauses.length === 0 && facets.length === 0 && noneOf.length === 0 && below !== undefined)
    return refuseAbsence(below);
  return badInput(
    path,
    '不能只问“没有”：至少一个条件应要求存在记录，或给出 id，或给出 kind、township 等登记条件。',
    'must not ask for the absence of rows alone: let one clause require rows, or name ids, or a kind, a township or the like.',
  );
}
