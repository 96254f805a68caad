import type { RecordOf } from '../record-table.js';

/** Columns of `sj`, the events (domain §3.11). */
export const EVENT_COLUMNS = [
  { name: 'xh', type: 'integer' },
  { name: 'sjbh', type: 'text', length: 40 },
  { name: 'sjly', type: 'text', length: 20 },
  { name: 'sjlb', type: 'text', length: 20 },
  { name: 'sjms', type: 'text', length: 2000 },
  { name: 'fsdd', type: 'text', length: 300 },
  { name: 'ssxz', type: 'text', length: 40 },
  { name: 'wgbm', type: 'text', length: 20 },
  { name: 'wgy', type: 'text', length: 60 },
  { name: 'sbr', type: 'text', length: 60 },
  { name: 'sbrdh', type: 'text', length: 40 },
  { name: 'sxdx', type: 'text', length: 200 },
  { name: 'sxdxdm', type: 'text', length: 64 },
  { name: 'czbm', type: 'text', length: 100 },
  { name: 'sbsj', type: 'datetime' },
  { name: 'slsj', type: 'text', length: 19 },
  { name: 'czsx', type: 'text', length: 19 },
  { name: 'fksj', type: 'text', length: 19 },
  { name: 'bjsj', type: 'text', length: 19 },
  { name: 'sjzt', type: 'text', length: 20 },
  { name: 'lygdh', type: 'text', length: 60 },
  { name: 'jcbh', type: 'text', length: 60 },
  { name: 'ajbh', type: 'text', length: 80 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'gxsj', type: 'datetime' },
] as const;

export type EventRow = RecordOf<typeof EVENT_COLUMNS>;

/** Columns of `sjlc`, the steps of the events. */
export const STEP_COLUMNS = [
  { name: 'lcid', type: 'integer' },
  { name: 'sjbh', type: 'text', length: 40 },
  { name: 'hj', type: 'text', length: 20 },
  { name: 'czjg', type: 'text', length: 100 },
  { name: 'czsj', type: 'text', length: 19 },
  { name: 'czyj', type: 'text', length: 1000 },
] as const;

export type StepRow = RecordOf<typeof STEP_COLUMNS>;
