import type { Threshold } from '../../port/observation.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { studySeconds } from './study-cost.js';

/** Where the measures of one interface begin to be amiss: as its mapping states, or as is usual. */
export interface Thresholds {
  /** How often columns, days, cells and keys are looked at. */
  readonly everySeconds: number;
  /** Whether days on which nobody works count. */
  readonly days: 'working' | 'every';
  readonly available: Threshold;
  /** Seconds that all but one of twenty calls may take. */
  readonly slow: Threshold;
  /** How often news is promised, in seconds; null: nothing is. */
  readonly newsEvery: number | null;
  /** Age of the watermark; null: nothing is promised. */
  readonly late: Threshold | null;
  readonly stale: Threshold | null;
  /** How far the watermark may be ahead of the clock. */
  readonly ahead: Threshold;
  readonly few: Threshold;
  readonly many: Threshold;
  /** How long after its end all rows of a day are there, in seconds; null: days are not judged. */
  readonly dayCompleteAfter: number | null;
  flagged(field: string): Threshold;
  readonly unresolved: Threshold;
  readonly unknownCodes: Threshold;
  readonly quotaNear: Threshold;
  readonly quotaFull: Threshold;
  readonly skew: Threshold;
  /** Seconds that credentials may be left. */
  readonly ending: Threshold;
  readonly endingSoon: Threshold;
  readonly shortDrop: Threshold;
  readonly snapshotOld: Threshold | null;
}

const DAY = 86_400;
const HALF_DAY = DAY / 2;
const BY_THE_MAPPING = '映射写明。The mapping says so.';
/** A day is judged when this much has passed where no watermark says how late news may be. */
const USUAL_DELAY = DAY;
/** Where news may be later than this, numbers by day are old when they are whole. */
const LATEST_JUDGED = 14 * DAY;
/** A snapshot that is due takes its time: as in `snapshot-age.ts`. */
const OVERDUE = 2;

export function thresholdsOf(mapping: InterfaceMapping): Thresholds {
  const { observe: rule, watermark, limits, snapshot } = mapping;
  const { cells, volume = {} } = rule;
  const warn = watermark?.warnSeconds ?? USUAL_DELAY;
  const usualDays = watermark !== undefined && watermark.everySeconds < HALF_DAY ? 'every' : 'working';
  return {
    everySeconds: studySeconds(mapping),
    days: rule.days ?? usualDays,
    available: choose(
      'BELOW',
      rule.available,
      0.99,
      '一个月内约七小时不应答，是数据中心一般要求。About seven hours a month, as data centres usually ask.',
    ),
    slow: choose(
      'ABOVE',
      rule.slowMs === undefined ? undefined : rule.slowMs / 1000,
      limits.timeoutMs / 2000,
      '超时的一半：再慢就会有调用超时。Half of the timeout: slower, and calls begin to fail.',
    ),
    newsEvery: watermark?.everySeconds ?? null,
    late: watermark === undefined ? null : stated('ABOVE', watermark.warnSeconds, 'watermark.warn'),
    stale: watermark === undefined ? null : stated('ABOVE', watermark.failSeconds, 'watermark.fail'),
    ahead: usual(
      'ABOVE',
      600,
      '时钟相差与写入延迟不会超过十分钟。Clocks and commits do not differ by ten minutes.',
    ),
    few: choose(
      'BELOW',
      volume.low,
      0.6,
      '减半必须发现，日常起伏不足四成。Half must be noticed; an ordinary day differs by less than four tenths.',
    ),
    many: choose('ABOVE', volume.high, 1.8, '翻倍必须发现。Twice as many must be noticed.'),
    dayCompleteAfter: warn > LATEST_JUDGED ? null : warn,
    flagged: (field) =>
      choose(
        'ABOVE',
        cells.fields.get(field) ?? cells.flagged,
        0.1,
        '各来源总有少量坏值；超过一成说明读法不对或来源变了。A few cells are spoilt everywhere; more than a tenth means that the source changed.',
      ),
    unresolved: choose(
      'ABOVE',
      cells.unresolved,
      0.5,
      '许多行本来就不涉及有编号的主体。Many rows are about nobody who has a number.',
    ),
    unknownCodes: choose(
      'ABOVE',
      cells.unknownCodes,
      0,
      '代码表之外的代码没有含义。A code outside the list means nothing.',
    ),
    quotaNear: usual('ABOVE', 0.8, '余下两成须留给当天的查询。A fifth must be left for the rest of the day.'),
    quotaFull: usual('ABOVE', 0.95, '即将无法再调用。Calls will soon be refused.'),
    skew: usual(
      'ABOVE',
      30,
      '网关对签名时间的容差为 90 秒，留出三分之二。Gateways refuse signatures 90 s off; two thirds are kept back.',
    ),
    ending: usual('BELOW', 30 * DAY, '换发手续需时一个月。Getting new ones takes a month.'),
    endingSoon: usual('BELOW', 7 * DAY, '一周内到期。They end within a week.'),
    shortDrop: choose(
      'BELOW',
      rule.shortDrop,
      0.5,
      '不到以往文件的一半，多半是截断的。Less than half of what files before it had: most likely cut off.',
    ),
    snapshotOld:
      snapshot === undefined ? null : stated('ABOVE', snapshot.everySeconds * OVERDUE, 'snapshot.every × 2'),
  };
}

function choose(side: Threshold['side'], said: number | undefined, at: number, reason: string): Threshold {
  return said === undefined
    ? usual(side, at, reason)
    : { at: said, side, reason: BY_THE_MAPPING, isStated: true };
}

function usual(side: Threshold['side'], at: number, reason: string): Threshold {
  return { at, side, reason, isStated: false };
}

function stated(side: Threshold['side'], at: number, key: string): Threshold {
  return { at, side, reason: `映射的 ${key}。${key} of the mapping.`, isStated: true };
}
