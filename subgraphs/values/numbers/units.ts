/**
 * Units that a column may count in; the canonical ones are yuan, metre, kilowatt, tonne, knot, percent, 亩 and
 * milligram per litre or kilogram. 亩 is the one unit of area into which the others convert exactly: a 亩 is 666.6…
 * square metres.
 */
export const UNIT_NAMES = [
  ...(['元', '万元', '米', '厘米', '千瓦', '马力', '吨', '千克', '节', '0.1节'] as const),
  ...(['%', '比率', '亩', '公顷', '平方米', '平方公里', 'mg/L', 'μg/L', 'mg/kg', 'μg/kg'] as const),
] as const;

export type Unit = (typeof UNIT_NAMES)[number];

/** `numerator / 10^scale` canonical units make one unit of the cell. */
export interface UnitFactor {
  readonly numerator: bigint;
  readonly scale: number;
}

export const UNIT_FACTORS: { readonly [unit in Unit]: UnitFactor } = {
  元: { numerator: 1n, scale: 0 },
  万元: { numerator: 10_000n, scale: 0 },
  米: { numerator: 1n, scale: 0 },
  厘米: { numerator: 1n, scale: 2 },
  千瓦: { numerator: 1n, scale: 0 },
  // Metric horsepower, as ship certificates convert it.
  马力: { numerator: 7355n, scale: 4 },
  吨: { numerator: 1n, scale: 0 },
  千克: { numerator: 1n, scale: 3 },
  节: { numerator: 1n, scale: 0 },
  // AIS counts speed over ground in tenths of a knot.
  '0.1节': { numerator: 1n, scale: 1 },
  '%': { numerator: 1n, scale: 0 },
  // 0.35 for 35 %, as workbooks store a cell that is formatted as a percentage.
  比率: { numerator: 100n, scale: 0 },
  亩: { numerator: 1n, scale: 0 },
  公顷: { numerator: 15n, scale: 0 },
  平方米: { numerator: 15n, scale: 4 },
  平方公里: { numerator: 1500n, scale: 0 },
  'mg/L': { numerator: 1n, scale: 0 },
  'μg/L': { numerator: 1n, scale: 3 },
  'mg/kg': { numerator: 1n, scale: 0 },
  'μg/kg': { numerator: 1n, scale: 3 },
};

/** Units written into the cell itself, Latin letters as capitals; they override the column's (D17). Longest first. */
export const WRITTEN_UNITS: readonly { readonly word: string; readonly factor: UnitFactor }[] = [
  { word: '亿元', factor: { numerator: 100_000_000n, scale: 0 } },
  { word: '千万元', factor: { numerator: 10_000_000n, scale: 0 } },
  { word: '百万元', factor: { numerator: 1_000_000n, scale: 0 } },
  { word: '万元', factor: UNIT_FACTORS.万元 },
  { word: '千元', factor: { numerator: 1000n, scale: 0 } },
  { word: '元', factor: UNIT_FACTORS.元 },
  { word: '圆', factor: UNIT_FACTORS.元 },
  { word: '圓', factor: UNIT_FACTORS.元 },
  { word: '平方公里', factor: UNIT_FACTORS.平方公里 },
  { word: '平方千米', factor: UNIT_FACTORS.平方公里 },
  { word: '平方米', factor: UNIT_FACTORS.平方米 },
  { word: '平米', factor: UNIT_FACTORS.平方米 },
  { word: '公顷', factor: UNIT_FACTORS.公顷 },
  { word: '亩', factor: UNIT_FACTORS.亩 },
  { word: 'KM²', factor: UNIT_FACTORS.平方公里 },
  { word: 'KM2', factor: UNIT_FACTORS.平方公里 },
  { word: 'M²', factor: UNIT_FACTORS.平方米 },
  { word: 'M2', factor: UNIT_FACTORS.平方米 },
  { word: '㎡', factor: UNIT_FACTORS.平方米 },
  { word: 'MG/L', factor: UNIT_FACTORS['mg/L'] },
  // The micro sign and the Greek letter look the same.
  { word: 'μG/L', factor: UNIT_FACTORS['μg/L'] },
  { word: 'µG/L', factor: UNIT_FACTORS['μg/L'] },
  { word: '厘米', factor: UNIT_FACTORS.厘米 },
  { word: '公分', factor: UNIT_FACTORS.厘米 },
  { word: '米', factor: UNIT_FACTORS.米 },
  { word: 'CM', factor: UNIT_FACTORS.厘米 },
  { word: 'M', factor: UNIT_FACTORS.米 },
  { word: '千瓦', factor: UNIT_FACTORS.千瓦 },
  { word: 'KW', factor: UNIT_FACTORS.千瓦 },
  { word: '马力', factor: UNIT_FACTORS.马力 },
  { word: 'HP', factor: UNIT_FACTORS.马力 },
  { word: 'MG/KG', factor: UNIT_FACTORS['mg/kg'] },
  // The Greek letter, the micro sign, and what a keyboard has.
  ...['μG/KG', 'µG/KG', 'UG/KG'].map((word) => ({ word, factor: UNIT_FACTORS['μg/kg'] })),
  { word: '千克', factor: UNIT_FACTORS.千克 },
  { word: '公斤', factor: UNIT_FACTORS.千克 },
  { word: 'KG', factor: UNIT_FACTORS.千克 },
  { word: '吨', factor: UNIT_FACTORS.吨 },
  { word: 'T', factor: UNIT_FACTORS.吨 },
  { word: '%', factor: UNIT_FACTORS['%'] },
];

type Dimension =
  | 'money'
  | 'length'
  | 'power'
  | 'mass'
  | 'speed'
  | 'share'
  | 'area'
  | 'concentration'
  | 'content';

/** What a unit measures; a cell's own unit counts only when it measures what the column does. */
export function dimensionOf(unit: string): Dimension {
  if (/平方|平米|亩|公顷|㎡|M[²2]$/.test(unit)) return 'area';
  if (/\/L$/i.test(unit)) return 'concentration';
  if (/\/KG$/i.test(unit)) return 'content';
  if (unit === '%' || unit === '比率') return 'share';
  if (/[元圆圓]$/.test(unit)) return 'money';
  if (unit.endsWith('节')) return 'speed';
  if (/米|公分|^C?M$/.test(unit)) return 'length';
  return /千瓦|KW|马力|HP/.test(unit) ? 'power' : 'mass';
}
