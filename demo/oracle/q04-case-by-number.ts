import type { World } from '../world/world.js';
import { type CaseFacts, caseFacts, type OracleOptions } from './records.js';

/** Question 4: cases with that decision number or case code, whatever brackets, width, blanks or zeros are typed. */
export function caseByNumber(world: World, typed: string, options: OracleOptions): readonly CaseFacts[] {
  const wanted = sameNumberKey(typed);
  const found = [...world.cases].filter(({ decisionNo, caseCode }) => {
    return caseCode === typed || (decisionNo !== null && sameNumberKey(decisionNo) === wanted);
  });
  const inspections = [...world.inspections];
  return found.map((penaltyCase) => caseFacts(world, penaltyCase, inspections, options));
}

/** What tells decision numbers apart: what stands before the year, the year, and the running number as a number. */
function sameNumberKey(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\s第号]/g, '');
  const parts = /^(.*?)[〔[【（(<](\d{4})[〕\]】）)>](\d+)$/.exec(plain);
  return parts === null ? plain : `${parts[1]}/${parts[2]}/${BigInt(parts[3] ?? '0')}`;
}
