import type { Wording } from '../../runtime/yaml/wording.js';
import type { IncidentCause } from '../../subgraphs/port/observation.js';

/** What is amiss, in a word, by cause. */
export const CAUSE_WORDS: Readonly<Record<IncidentCause, Wording>> = {
  UNREACHABLE: { zh: '无法连接', en: 'unreachable' },
  TIMEOUT: { zh: '超时', en: 'no answer in time' },
  CREDENTIALS_REFUSED: { zh: '拒绝凭证', en: 'credentials refused' },
  REJECTED: { zh: '拒绝请求', en: 'requests rejected' },
  MALFORMED: { zh: '应答格式有误', en: 'malformed answers' },
  MISCONFIGURED: { zh: '配置有误', en: 'misconfigured' },
  SLOW: { zh: '缓慢', en: 'slow' },
  COLUMN_MISSING: { zh: '缺列', en: 'column missing' },
  COLUMN_RETYPED: { zh: '列的类型改变', en: 'column retyped' },
  CODES_UNKNOWN: { zh: '未知代码', en: 'unknown codes' },
  CELLS_UNREADABLE: { zh: '取值无法读取', en: 'unreadable cells' },
  SUBJECTS_UNRESOLVED: { zh: '主体无法确认', en: 'unknown subjects' },
  KEYS_FAULTY: { zh: '主键缺失或重复', en: 'faulty keys' },
  LATE: { zh: '数据逾期未更新', en: 'late' },
  WATERMARK_AHEAD: { zh: '更新时间在未来', en: 'time of update in the future' },
  ROWS_FEW: { zh: '行数过少', en: 'few rows' },
  ROWS_MANY: { zh: '行数过多', en: 'many rows' },
  ROWS_NONE: { zh: '工作日无数据', en: 'no rows' },
  QUOTA_NEAR: { zh: '配额将尽', en: 'quota nearly used' },
  CLOCK_SKEW: { zh: '时钟偏差', en: 'clock skew' },
  CREDENTIALS_ENDING: { zh: '凭证或证书将到期', en: 'credentials end soon' },
  DROP_REJECTED: { zh: '文件被拒收', en: 'file rejected' },
  DROP_SHORT: { zh: '文件行数不足', en: 'short file' },
  DROP_LATE: { zh: '文件过时', en: 'late file' },
  SNAPSHOT_OLD: { zh: '快照过旧', en: 'old snapshot' },
  SUBGRAPH_AWAY: { zh: '子图进程不应答', en: 'process away' },
  DISK_FULL: { zh: '磁盘将满', en: 'disk full, or nearly' },
  INDEX_INCOMPLETE: { zh: '索引不全', en: 'index incomplete' },
};
