import type { Spellings } from '../spell-code.js';

const book = (entries: readonly (readonly [string, Spellings])[]): ReadonlyMap<string, Spellings> =>
  new Map<string, Spellings>(entries);

/** Lists that stand in the table; the county's own and the township's are published as workbooks. */
export const ITEM_LISTS = book([
  ['POWER', ['00']],
  ['BASE', ['01']],
  ['PROFESSIONAL', ['04', '专业']],
  ['SUPERVISION', ['06']],
  ['IMPLEMENTATION', ['07']],
  ['DRAFT_TRANSFER', ['09', '拟划转']],
]);

/** The second pair of digits of a power item (domain §2.3), or the word. */
export const POWER_KINDS = book([
  ['LICENCE', ['01', '行政许可']],
  ['PENALTY', ['02', '行政处罚']],
  ['INSPECTION', ['06', '行政检查']],
]);

export const ENFORCERS = book([
  ['COMPREHENSIVE', ['1', '综合行政执法部门']],
  ['PROFESSIONAL', ['2', '专业执法队伍']],
  ['MARINE', ['3']],
  ['TOWNSHIP', ['4']],
  ['BUSINESS_DEPARTMENT', ['5', '业务主管部门']],
]);

export const SCOPES = book([
  ['FULL', ['全部']],
  ['PARTIAL', ['部分', '部分划转']],
]);

export const ITEM_FIELDS = book([
  ['ARCHIVES', ['档案']],
  ['DEVELOPMENT', ['发展改革', '发改']],
  ['PUBLIC_SECURITY', ['公安']],
  ['WATER', ['水利']],
  ['FORESTRY', ['林业']],
  ['ECONOMY', ['经信', '经济和信息化']],
  ['SCIENCE', ['科技']],
  ['ETHNIC_RELIGIOUS', ['民宗']],
  ['CIVIL_AFFAIRS', ['民政']],
  ['CONSTRUCTION', ['建设', '住建']],
  ['HUMAN_RESOURCES', ['人力社保', '人力资源社会保障']],
  ['VETERANS', ['退役军人事务']],
  ['GRAIN_RESERVES', ['粮食物资']],
  ['METEOROLOGY', ['气象']],
  ['EARTHQUAKE', ['地震']],
  ['FIRE_RESCUE', ['消防救援', '消防']],
  ['CITY_APPEARANCE', ['市容环卫', '城市管理']],
  ['MARKET', ['市场监管']],
  ['ENVIRONMENT', ['生态环境']],
  ['CULTURE', ['文广旅体']],
  ['TRANSPORT', ['交通运输', '交通']],
  ['AGRICULTURE', ['农业农村']],
  ['PLANNING', ['资源规划', '自然资源']],
  ['EMERGENCY', ['应急管理']],
  ['HEALTH', ['卫生健康']],
  ['MARINE', ['海洋渔业', '海洋与渔业']],
]);
