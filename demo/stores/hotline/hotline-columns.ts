import type { RecordOf } from '../record-table.js';

/** Columns of `gd`, the tickets (domain §3.11). */
export const TICKET_COLUMNS = [
  { name: 'xh', type: 'integer' },
  { name: 'gdbh', type: 'text', length: 40 },
  { name: 'lysj', type: 'datetime' },
  { name: 'lyqd', type: 'text', length: 20 },
  { name: 'sjlx', type: 'text', length: 20 },
  { name: 'sflb', type: 'text', length: 40 },
  { name: 'sjnr', type: 'text', length: 2000 },
  { name: 'fsdd', type: 'text', length: 300 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'lxr', type: 'text', length: 100 },
  { name: 'lxdh', type: 'text', length: 40 },
  { name: 'bfydx', type: 'text', length: 200 },
  { name: 'bfydxdm', type: 'text', length: 64 },
  { name: 'zbdw', type: 'text', length: 100 },
  { name: 'xbdw', type: 'text', length: 100 },
  { name: 'blqx', type: 'text', length: 19 },
  { name: 'slsj', type: 'text', length: 19 },
  { name: 'hfsj', type: 'text', length: 19 },
  { name: 'bjsj', type: 'text', length: 19 },
  { name: 'zt', type: 'text', length: 20 },
  { name: 'bljg', type: 'text', length: 400 },
  { name: 'myd', type: 'text', length: 20 },
  { name: 'tdyy', type: 'text', length: 200 },
  { name: 'gljcbh', type: 'text', length: 60 },
  { name: 'glajbh', type: 'text', length: 60 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'gxsj', type: 'datetime' },
] as const;

export type TicketRow = RecordOf<typeof TICKET_COLUMNS>;
