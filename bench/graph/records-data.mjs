/** About 1 MB of rows for one list: every kind of scalar, Chinese text, characters that JSON escapes, nulls at every level. */

const ROWS = 3200;
const TOWNSHIPS = ['菜园镇', '嵊山镇', '洋山镇', '五龙乡', '黄龙乡', '枸杞乡', '花鸟乡'];
const STAGES = ['FILED', 'DECIDED', 'CLOSED'];
const TAGS = ['渔船', '民宿', '食品', 'harbour', '消防', 'night "patrol"'];
const NOTES = [
  '现场检查未发现问题，已当场告知经营者。',
  '经营者拒绝签字，\n由两名执法人员注明情况。',
  'Copied from form C:\\forms\\7, read "as is".',
  '🚢 抵港后复查',
];

/** A linear congruential generator: the same rows in every process. @param {number} seed */
function createRandom(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const random = createRandom(20_260_630);
const pick = (/** @type {readonly any[]} */ values) => values[random(values.length)];
const unless = (/** @type {number} */ oneIn, /** @type {() => unknown} */ make) =>
  random(oneIn) === 0 ? null : make();

function makePlace() {
  return {
    township: pick(TOWNSHIPS),
    street: unless(3, () => `海滨路 ${1 + random(300)} 号`),
    position: unless(4, () => ({
      longitude: 122.4 + random(10_000) / 25_000,
      latitude: 30.6 + random(10_000) / 50_000,
    })),
  };
}

export const RECORDS = Array.from({ length: ROWS }, (_, index) => ({
  id: `record-${index + 1}`,
  number: random(2_147_483_647),
  title: `${pick(TOWNSHIPS)}综合行政执法检查记录第 ${index + 1} 号`,
  note: unless(3, () => pick(NOTES)),
  amount: unless(5, () => random(10_000_000) / 100),
  settled: unless(6, () => random(2) === 1),
  stage: pick(STAGES),
  tags: Array.from({ length: random(4) }, () => pick(TAGS)),
  place: unless(8, makePlace),
}));
