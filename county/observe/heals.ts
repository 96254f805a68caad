import type { IncidentCause } from '../../subgraphs/port/observation.js';

/** What ends an incident by itself, by cause; Chinese first. */
export const HEALS: Readonly<Record<IncidentCause, string>> = {
  UNREACHABLE: '数据源恢复应答并持续两分钟。The source answers again for two minutes.',
  TIMEOUT: '数据源在时限内应答并持续两分钟。The source answers in time for two minutes.',
  CREDENTIALS_REFUSED:
    '数源单位恢复授权，或更新连接的凭证。The department lets us in again, or the connection gets new credentials.',
  REJECTED: '数据源接受请求并持续两分钟。The source takes requests again for two minutes.',
  MALFORMED: '应答恢复约定的格式。Answers are again as agreed.',
  MISCONFIGURED: '更正映射、代码表或连接并重新读取。The files are corrected and read again.',
  SLOW: '一刻钟内 95% 的调用恢复到限度以内。Calls are fast enough again for a quarter of an hour.',
  COLUMN_MISSING:
    '来源恢复该列，或修改映射使其读取新的列。The column is back, or the mapping reads the new one.',
  COLUMN_RETYPED:
    '来源恢复原类型，或修改映射的类型与格式。The type is back, or the mapping states the new one.',
  CODES_UNKNOWN: '代码表补入该代码，或来源更正。The list gets the code, or the source corrects it.',
  CODES_SWAPPED:
    '来源恢复原含义，或代码表按来源更正。The codes mean again what they did, or our list is corrected.',
  CELLS_UNREADABLE:
    '来源更正取值，或修改映射的格式。The cells are corrected, or the mapping states their format.',
  SUBJECTS_UNRESOLVED: '来源补全统一社会信用代码等标识。The source fills in identifiers.',
  KEYS_FAULTY:
    '来源补全并去重主键，或修改映射的 key。Keys are completed at the source, or the mapping names others.',
  LATE: '来源有新数据。The source has news.',
  WATERMARK_AHEAD: '来源更正该时间，或时间到来。The source corrects the time, or it comes.',
  ROWS_FEW:
    '数源单位补传，或下一工作日恢复通常行数。The rows are delivered, or the next working day is as usual.',
  ROWS_MANY: '来源去除多余的行，或下一工作日恢复通常行数。The rows go, or the next working day is as usual.',
  ROWS_NONE:
    '数源单位补传，或下一工作日恢复通常行数。The rows are delivered, or the next working day is as usual.',
  QUOTA_NEAR: '零时起配额重新计算，或申请更多配额。It begins anew at midnight, or more is granted.',
  CLOCK_SKEW: '来源与本机校时至相差 30 秒以内。Both clocks are set to within 30 s.',
  CREDENTIALS_ENDING: '换发凭证或证书，并更新配置。New ones are issued and configured.',
  DROP_REJECTED: '按报告更正后重新放入文件。The file is corrected by its report and dropped again.',
  DROP_SHORT: '重新放入完整的文件。The whole file is dropped again.',
  DROP_LATE: '移走该文件，或以更晚的时间重新放入。The file is taken away, or dropped with a later time.',
  SNAPSHOT_OLD: '来源重新被读取。The source is read again.',
  SUBGRAPH_AWAY: '该子图的进程恢复应答并持续两分钟。The process answers again for two minutes.',
  DISK_FULL: '可用空间回到百分之五以上并持续十分钟。More than 5 % are free again for ten minutes.',
  HISTORY_AWAY:
    '历史恢复读写并持续两分钟，留存的测量随即补写。It can be written and read again for two minutes; what waited is written.',
  INDEX_INCOMPLETE: '登记索引读入该接口。The index takes it in.',
};
