import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import type { Combination, ListCombination, Mistake, StatsCombination } from '../generate/combination.js';
import type { Answer } from './answer.js';
import { askLists } from './ask-lists.js';
import { askStats } from './ask-stats.js';
import type { AskTogether } from './ask-together.js';
import { isPassing } from './read-coverage.js';

/** How often a source that was late is asked again. */
const MOST_TIMES = 3;

/** Asks for combinations of one kind: all lists together, all statistics together, every mistake alone. */
export async function askCombinations(
  ask: AskTogether,
  combinations: readonly Combination[],
): Promise<readonly Answer[]> {
  const kind = combinations[0]?.kind;
  if (kind === undefined) return [];
  const answers = new Map<Combination, Answer>();
  let open = combinations;
  for (let times = 1; open.length > 0; times += 1) {
    for (const [combination, answer] of await askOnce(ask, kind, open)) answers.set(combination, answer);
    open = times >= MOST_TIMES ? [] : open.filter((each) => isLate(answers.get(each)));
  }
  return combinations.map((combination) => answers.get(combination) ?? { is: 'refused', code: 'NONE' });
}

function isLate(answer: Answer | undefined): boolean {
  return answer?.is === 'refused' && isPassing(answer);
}

async function askOnce(
  ask: AskTogether,
  kind: RowKind,
  combinations: readonly Combination[],
): Promise<readonly (readonly [Combination, Answer])[]> {
  const lists = combinations.filter((each): each is ListCombination => each.is === 'list');
  const stats = combinations.filter((each): each is StatsCombination => each.is === 'stats');
  const mistakes = combinations.filter((each): each is Mistake => each.is === 'mistake');
  const listed = lists.length === 0 ? [] : await askLists(ask, kind, lists);
  const counted = stats.length === 0 ? [] : await askStats(ask, kind, stats);
  const refused: Answer[] = [];
  for (const { where } of mistakes) {
    const list = { is: 'list', kind, where, orderBy: null, backward: false, pages: [1] } as const;
    refused.push(...(await askLists(ask, kind, [list])));
  }
  return [...pairsOf(lists, listed), ...pairsOf(stats, counted), ...pairsOf(mistakes, refused)];
}

function pairsOf(
  combinations: readonly Combination[],
  answers: readonly Answer[],
): readonly (readonly [Combination, Answer])[] {
  return combinations.map((combination, index) => [
    combination,
    answers[index] ?? { is: 'refused', code: 'NONE' },
  ]);
}
