import type { CreditRecord, World } from '../../world/world.js';

/** Records of some kinds, each with its place among them. */
export function* recordsOf(
  { creditRecords }: World,
  kinds: readonly CreditRecord['kind'][],
): Generator<readonly [turn: number, record: CreditRecord]> {
  let turn = 0;
  for (const record of creditRecords) {
    if (!kinds.includes(record.kind)) continue;
    yield [turn, record];
    turn += 1;
  }
}
