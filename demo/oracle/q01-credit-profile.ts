import { annualReportsOf } from '../world/publicity/public-profile.js';
import type { CreditRecord, Payment, World } from '../world/world.js';
import { pointerKey } from './by-subject.js';

interface CreditProfile {
  /** In the order of the world. */
  readonly creditRecords: readonly CreditRecord[];
  readonly payments: readonly Payment[];
  /** Years of the annual reports, newest first. */
  readonly reportedYears: readonly number[];
  /** Numbers of the entries in the published lists. */
  readonly listed: readonly string[];
}

/** Question 1 of credit: what the credit platform, the treasury and the national site know of a social credit code. */
export function creditProfile(world: World, uscc: string): CreditProfile | null {
  const organisation = world.organisations.find((each) => each.uscc === uscc);
  if (organisation === undefined) return null;
  const own = pointerKey({ kind: 'organisation', index: organisation.index });
  const creditRecords = [...world.creditRecords].filter(({ subject }) => pointerKey(subject) === own);
  return {
    creditRecords,
    payments: [...world.payments].filter(({ payer }) => payer !== null && pointerKey(payer) === own),
    reportedYears: annualReportsOf(world.seed, world.today, organisation)
      .map(({ year }) => year)
      .reverse(),
    listed: creditRecords
      .filter(({ kind }) => kind === 'ABNORMAL_LIST' || kind === 'SERIOUS_LIST')
      .map(({ number }) => number),
  };
}
