import { z } from 'zod';

/** A name that a source gives something: a table, a parameter, a column, a sheet. */
export const sourceName = z.string().min(1).max(128);
