import { procedureOf } from '../../world/cases/case-procedure.js';
import { generateWorld } from '../../world/generate-world.js';
import { decodedRows, onlyRowOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { casesStore } from './cases.js';

describe.each([1, 2, 3, 4, 5])('the steps of cases and what became of them, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const held = [...world.cases].filter(({ heldBy }) => heldBy === 'cases');
  const rows = decodedRows(casesStore(world), 'cases/case.yaml');

  it('are what the world says, case by case', () => {
    expect(rows).toHaveLength(held.length);
    for (const penaltyCase of held) {
      const { administrativeReview, litigation, hearing, ...steps } = procedureOf(world, penaltyCase);
      const facts = {
        ...steps,
        administrativeReview: administrativeReview?.outcome ?? null,
        administrativeReviewEndedAt: administrativeReview?.endedAt ?? null,
        litigation: litigation?.outcome ?? null,
        litigationEndedAt: litigation?.endedAt ?? null,
      };
      const row = onlyRowOf(rows, 'punish_case_code', penaltyCase.caseCode);
      expect([penaltyCase.caseCode, rowFacts(row, facts)]).toEqual([penaltyCase.caseCode, facts]);
      // Some leave the box empty where there was no hearing.
      expect(row.values.get('hearing') ?? false).toBe(hearing);
    }
  });
});
