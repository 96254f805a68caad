import { createWorkingDays } from '../../values/dates/working-days.js';
import type { Reference } from '../reference/reference.js';

/** A Wednesday. */
export const TODAY = '2026-07-01';
/** Nothing but weekends. */
export const WORKING_DAYS = createWorkingDays([]);

/** A county that names nothing. */
export const NO_REFERENCE: Reference = {
  departments: [],
  townships: () => [],
  counties: () => [],
  codeLists: new Map(),
  routing: {
    townships: { countyCode: '330922', prefixes: [], bounds: null, list: [] },
    facts: {
      title: '无',
      bodies: [],
      special: [],
      marine: { fields: [], source: '' },
      committee: { name: '', source: '' },
      police: { onLand: '', atSea: '', source: '' },
      seaAreas: [],
      review: [],
    },
  },
};
