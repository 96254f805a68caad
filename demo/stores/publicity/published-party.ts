import type { Random } from '../../random.js';
import type { Organisation } from '../../world/world.js';
import { fullWidth } from '../dirt/dirt.js';

/** The site writes nothing as `\N`. */
export const NOTHING = '\\N';

/** The columns that say whose row it is. */
export const PARTY_COLUMNS = [
  { name: 'PRIPID', type: 'text', length: 36 },
  { name: 'UNISCID', type: 'text', length: 64 },
  { name: 'REGNO', type: 'text', length: 36 },
  { name: 'ENTNAME', type: 'text', length: 200 },
] as const;

/** D2: codes in lower case, as the site's addresses have them; D4. The PRIPID is there in two rows of three. */
export function publishedParty(random: Random, organisation: Organisation, turn: number) {
  const { uscc, regNo, pripid, name } = organisation;
  const code = uscc === null ? NOTHING : turn % 9 === 4 ? fullWidth(uscc) : uscc.toLowerCase();
  // Either number leads to the subject; one of them may be missing.
  const byPripid = turn % 3 === 1;
  return {
    PRIPID: byPripid || uscc === null ? pripid : random.pick([pripid, NOTHING]),
    UNISCID: byPripid && turn % 2 === 1 ? NOTHING : code,
    REGNO: regNo ?? NOTHING,
    ENTNAME: name,
  };
}
