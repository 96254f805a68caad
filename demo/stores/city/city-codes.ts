import type { CountyEvent, EventCategory } from '../../world/world.js';
import type { Spellings } from '../spell-code.js';

/** SUBTYPE: four digits of CJ/T 213's classes, or their words. */
export const SUBTYPES: ReadonlyMap<string, Spellings> = new Map<EventCategory, Spellings>([
  ['FACILITY', ['0101', '公用设施']],
  ['SANITATION', ['0201', '市容环境', '暴露垃圾']],
  ['ENVIRONMENT', ['0203', '油烟噪声', '环境污染']],
  ['STREET_ORDER', ['0204', '街面秩序', '占道经营']],
  ['BUILDING', ['0205', '违法建设', '私搭乱建']],
]);

/** MAINTYPE. */
export const MAIN_TYPES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['PART', ['1', '部件']],
  ['EVENT', ['2', '事件']],
]);

/** EVENTSRC. */
export const REPORTERS: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['INSPECTOR', ['01', '监督员上报', '采集员']],
  ['VIDEO', ['02', '视频智能识别']],
  ['PUBLIC', ['03', '公众举报']],
  ['VEHICLE', ['04', '车载巡查']],
]);

/** TASKSTATE. */
export const TASK_STATES: ReadonlyMap<string, Spellings> = new Map<CountyEvent['state'], Spellings>([
  ['NEW', ['10', '待立案']],
  ['ASSIGNED', ['11', '待派遣']],
  ['ACCEPTED', ['20', '已派遣']],
  ['PROCESSING', ['21', '处置中']],
  ['EXTENDED', ['22', '延期']],
  ['REPLIED', ['30', '待核查']],
  ['CLOSED', ['40', '已结案', '归档']],
  ['REJECTED', ['90', '不予立案']],
  ['REOPENED', ['31', '返工']],
]);
