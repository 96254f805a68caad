import type { RecordOf } from '../record-table.js';

/** Columns of `cs_pub_entresult`. */
export const INSPECTION_COLUMNS = [
  { name: 'TaskCode', type: 'text', length: 32 },
  { name: 'PriPID', type: 'text', length: 36 },
  { name: 'UniSCID', type: 'text', length: 64 },
  { name: 'CerNO', type: 'text', length: 64 },
  { name: 'ShipCode', type: 'text', length: 40 },
  { name: 'EntName', type: 'text', length: 200 },
  { name: 'CheckNO', type: 'text', length: 50 },
  { name: 'PlanName', type: 'text', length: 100 },
  { name: 'InspDept', type: 'text', length: 100 },
  { name: 'CheckDate', type: 'text', length: 8 },
  { name: 'CheckTime', type: 'text', length: 19 },
  { name: 'CheckType', type: 'text', length: 20 },
  { name: 'CheckResult', type: 'text', length: 200 },
  { name: 'DisposeCode', type: 'text', length: 60 },
  { name: 'DisposeMss', type: 'text', length: 500 },
  { name: 'DisposeState', type: 'text', length: 20 },
  { name: 'DisposeFinishDate', type: 'text', length: 40 },
  { name: 'TeamLeader', type: 'text', length: 200 },
  { name: 'LawCertNO', type: 'text', length: 200 },
  { name: 'ItemCode', type: 'text', length: 30 },
  { name: 'DOMDISTRICT', type: 'text', length: 40 },
  { name: 'crossDepartFlag', type: 'text', length: 4 },
  { name: 'CaseNO', type: 'text', length: 60 },
  { name: 'ReportTime', type: 'text', length: 19 },
  { name: 'auditState', type: 'text', length: 1 },
  { name: 'delete_flag', type: 'text', length: 1 },
  { name: 'env_flag', type: 'text', length: 8 },
  { name: 'S_EXT_FROMNODE', type: 'text', length: 6 },
  { name: 'S_EXT_VALIDFLAG', type: 'text', length: 1 },
  { name: 'S_EXT_TIMESTAMP', type: 'text', length: 19 },
] as const;

export type CheckRow = RecordOf<typeof INSPECTION_COLUMNS>;
