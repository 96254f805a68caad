import { higherLevel, LEVELS, type Level } from '../../../runtime/level.js';
import type { LinkDeclaration } from '../kind.js';
import { fieldOf, type Kind, type RowKind } from '../kinds.js';

/** Whoever follows a link learns the numbers that it goes by: it has the highest of their levels. */
export function levelOfLink(kind: RowKind, { to, by }: LinkDeclaration): Level {
  return by
    .flatMap(([from, other]) => [fieldOf(kind, from), fieldOf(to as Kind, other)])
    .map((field): Level => field?.level ?? LEVELS[0])
    .reduce(higherLevel, LEVELS[0]);
}
