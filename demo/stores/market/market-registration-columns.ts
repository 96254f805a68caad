import type { RecordOf } from '../record-table.js';

/** Columns of `e_baseinfo` (E_BASEINFO family), the technical ones left out. */
export const REGISTRATION_COLUMNS = [
  { name: 'RECID', type: 'text', length: 24 },
  { name: 'PRIPID', type: 'text', length: 36 },
  { name: 'UNISCID', type: 'text', length: 64 },
  { name: 'REGNO', type: 'text', length: 36 },
  { name: 'ENTNAME', type: 'text', length: 200 },
  { name: 'CYM', type: 'text', length: 400 },
  { name: 'ENTTYPE', type: 'text', length: 40 },
  { name: 'INDUSTRYPHY', type: 'text', length: 4 },
  { name: 'INDUSTRYCO', type: 'text', length: 8 },
  { name: 'INDV_ID', type: 'text', length: 100 },
  { name: 'LEREP', type: 'text', length: 100 },
  { name: 'CERTYPE', type: 'text', length: 4 },
  { name: 'CERNO', type: 'text', length: 40 },
  { name: 'REGCAP', type: 'decimal', precision: 18, scale: 6 },
  { name: 'REGCAPCUR', type: 'text', length: 4 },
  { name: 'ESTDATE', type: 'text', length: 40 },
  { name: 'APPRDATE', type: 'text', length: 10 },
  { name: 'OPFROM', type: 'text', length: 40 },
  { name: 'OPTO', type: 'text', length: 40 },
  { name: 'DOM', type: 'text', length: 300 },
  { name: 'DOMDISTRICT', type: 'text', length: 40 },
  { name: 'REGORG', type: 'text', length: 6 },
  { name: 'REGSTATE', type: 'text', length: 40 },
  { name: 'CANDATE', type: 'text', length: 40 },
  { name: 'REVDATE', type: 'text', length: 40 },
  { name: 'OPSCOPE', type: 'text', length: 2000 },
] as const;

export type Registration = RecordOf<typeof REGISTRATION_COLUMNS>;
