import fc from 'fast-check';
import { citizenCheckCharacter } from '../identifiers/citizen-id.js';
import { usccCheckCharacter } from '../identifiers/uscc.js';
import { wide } from './dirty-cells.js';
import type { WrittenCell, WrittenCells } from './written-cell.js';
import { guarded } from './written-texts.js';

type Writer = (identifier: string) => string | number;

const same: Writer = (text) => text;
const spaced: Writer = (text) => `${text.slice(0, 6)} ${text.slice(6)}`;
/** What Excel keeps of a long number, shown and unshown, and what Java prints of a double. */
const ROUNDED: readonly Writer[] = [
  (text) => Number(text).toExponential(5).replace('e', 'E'),
  (text) => Number(text).toExponential().replace('e+', 'E'),
  (text) => Number(text),
  (text) => `${text.slice(0, 15)}000`,
];

const SERIAL = fc.nat(99_999_999).map((number) => String(number).padStart(8, '0'));

const USCCS = SERIAL.map((serial) => {
  const first17 = `91330922M${serial}`;
  return `${first17}${usccCheckCharacter(first17) ?? ''}`;
});

export const WRITTEN_USCCS: WrittenCells = written(USCCS, [
  same,
  wide,
  spaced,
  (text) => text.toLowerCase(),
  (text) => `统一社会信用代码：${text}`,
  (text) => `${text}（1/1）`,
]);

const CITIZENS = fc
  .tuple(
    fc.integer({ min: 1950, max: 2005 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([year, month, sequence]) => {
    const first17 = `330922${year}${String(month).padStart(2, '0')}15${String(sequence).padStart(3, '0')}`;
    return `${first17}${citizenCheckCharacter(first17)}`;
  });

export const WRITTEN_CITIZENS: WrittenCells = fc.oneof(
  // Three zeros at the end are in doubt, though one citizen in ten thousand has them.
  written(
    CITIZENS.filter((text) => !text.endsWith('000')),
    [same, wide, spaced, (text) => text.toLowerCase(), (text) => `身份证号：${text}`],
  ),
  written(
    CITIZENS.filter((text) => /^\d+$/.test(text) && !/0..$/.test(text.slice(0, 17))),
    ROUNDED,
  ).map((cell): WrittenCell => ({ ...cell, isDoubtful: true })),
);

const PLATES = fc.oneof(
  fc.nat(99_999).map((number) => `浙L${String(number).padStart(5, '0')}`),
  fc.nat(9999).map((number) => `浙LDA${String(number).padStart(4, '0')}`),
  fc.nat(9999).map((number) => `浙L${String(number).padStart(4, '0')}挂`),
  fc.nat(9999).map((number) => `浙L${String(number).padStart(4, '0')}警`),
);

export const WRITTEN_PLATES: WrittenCells = fc.oneof(
  written(PLATES, [
    same,
    wide,
    (text) => `${text.slice(0, 2)}·${text.slice(2)}`,
    (text) => `${text.slice(0, 2)}-${text.slice(2)}`,
    (text) => text.replace('L', 'l'),
  ]),
  written(PLATES, [
    (text) => `${text}_2`,
    (text) => `${text}-1`,
    (text) => `${text},2`,
    (text) => `${text}B`,
  ]).map((cell): WrittenCell => ({ ...cell, isDoubtful: true })),
);

const FISHING = fc.tuple(fc.constantFrom('', '冷', '运'), fc.integer({ min: 90_000, max: 99_999 }));

export const WRITTEN_VESSEL_NAMES: WrittenCells = fc.oneof(
  written(
    FISHING.map(([kind, number]) => `浙嵊渔${kind}${number}`),
    [
      same,
      wide,
      (text) => `${text}号`,
      (text) => text.replace('嵊', '嵊泗'),
      (text) => text.replace('渔', '渔 '),
    ],
  ),
  written(
    fc.integer({ min: 1, max: 999 }).map((number) => `浙海${number}`),
    [same, wide, (text) => `${text}轮`, (text) => text.replace('海', '海 ')],
  ),
);

function written(identifiers: fc.Arbitrary<string>, writers: readonly Writer[]): WrittenCells {
  return fc
    .tuple(identifiers, fc.constantFrom(...writers))
    .chain(([truth, write]) => guarded(write(truth)).map((cell) => ({ cell, truth })));
}
