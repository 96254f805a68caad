import type { Present } from '../../kinds/derived.js';
import { createClosedSeasons } from '../../values/dates/closed-seasons.js';
import { createWorkingDays } from '../../values/dates/working-days.js';
import type { Reference } from '../reference/reference.js';

/** A Wednesday. */
export const TODAY = '2026-07-01';
/** Nothing but weekends is off, and no season is closed. */
export const PRESENT: Present = {
  today: TODAY,
  workingDays: createWorkingDays([]),
  closedSeasons: createClosedSeasons([]),
};

/** A county that names nothing. */
export const NO_REFERENCE: Reference = {
  departments: [],
  townships: () => [],
  counties: () => [],
  codeLists: new Map(),
  now: () => new Date(`${TODAY}T12:00:00+08:00`),
  workingDays: PRESENT.workingDays,
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
      datums: [],
      review: [],
    },
    areas: [],
  },
};
