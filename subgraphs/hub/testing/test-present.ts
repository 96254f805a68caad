import { createWorkingDays } from '../../values/dates/working-days.js';

/** A Wednesday. */
export const TODAY = '2026-07-01';
/** Nothing but weekends. */
export const WORKING_DAYS = createWorkingDays([]);
