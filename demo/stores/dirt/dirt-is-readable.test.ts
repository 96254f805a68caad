import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scheme } from '../../../subgraphs/kinds/subject-key.js';
import { dateCodec } from '../../../subgraphs/values/dates/date-codec.js';
import { readSubjectRef } from '../../../subgraphs/values/identifiers/subject-ref.js';
import { decimalCodec } from '../../../subgraphs/values/numbers/decimal-codec.js';
import { townshipCodec } from '../../../subgraphs/values/places/township-codec.js';
import { parseTownships } from '../../../subgraphs/values/places/townships.js';
import { isNullWord } from '../../../subgraphs/values/texts/null-words.js';
import { type Random, randomFor } from '../../random.js';
import { generateWorld } from '../../world/generate-world.js';
import { TOWNSHIPS } from '../../world/townships.js';
import {
  confusedUscc,
  dirtyAmount,
  dirtyDate,
  dirtyTownship,
  dirtyUscc,
  dirtyVesselName,
  emptyDate,
  idCard15,
  inTenThousands,
  maskId,
  nullWord,
  openEndedDate,
} from './dirt.js';

const world = generateWorld({ seed: 11, size: 'small' });
const personKey = 'key';

/** Each clean value spoiled in many ways. */
function spoiled(
  clean: readonly string[],
  spoil: (random: Random, text: string) => string,
): readonly [string, string][] {
  return clean.flatMap((text) =>
    Array.from({ length: 40 }, (_, draw): [string, string] => [text, spoil(randomFor(9, text, draw), text)]),
  );
}

function misread(scheme: Scheme, cells: readonly [string, string][]): readonly unknown[] {
  return cells.filter(([clean, cell]) => {
    const [ref] = readSubjectRef(scheme, cell, { personKey }).refs;
    return ref?.scheme !== scheme || ref.value !== clean;
  });
}

/** What the stores spoil recoverably, the engine must read back: else the oracle and the graph cannot agree. */
describe('dirt that is called recoverable', () => {
  const usccs = world.organisations.flatMap(({ uscc }) => (uscc === null ? [] : [uscc])).slice(0, 60);

  it('D2 D3 D11 in credit codes is read back', () => {
    expect(misread('uscc', spoiled(usccs, dirtyUscc))).toEqual([]);
    expect(misread('uscc', spoiled(usccs, confusedUscc))).toEqual([]);
  });

  it('in names of vessels is read back', () => {
    expect(
      misread(
        'vesselname',
        spoiled(
          world.vessels.map(({ name }) => name),
          dirtyVesselName,
        ),
      ),
    ).toEqual([]);
  });

  it('D6 of citizens is read back, D7 is not', () => {
    for (const { idNo } of world.persons.filter((each) => each.idNo.slice(6, 8) === '19')) {
      const refs = (cell: string) => readSubjectRef('person', cell, { personKey }).refs;
      expect(refs(idCard15(idNo))).toEqual(refs(idNo));
      expect(refs(maskId(idNo))).toEqual([]);
    }
  });

  it('D4 means nothing', () => {
    const words = Array.from({ length: 100 }, (_, draw) => nullWord(randomFor(3, draw)));
    expect(words.filter((word) => !isNullWord(word))).toEqual([]);
  });

  it('D8 in days is read back', () => {
    const codec = dateCodec({ format: 'any', zone: 'Asia/Shanghai', isNumeric: false, nulls: [] });
    const days = ['1965-01-31', '1999-12-31', '2020-02-29', '2023-10-10', '2024-11-20', '2026-06-30'];
    expect(spoiled(days, dirtyDate).filter(([day, cell]) => codec.decode(cell).value !== day)).toEqual([]);
    const none = [openEndedDate, emptyDate].flatMap((word) => spoiled([''], word));
    expect(none.filter(([, cell]) => codec.decode(cell).value !== null)).toEqual([]);
  });

  it('D17 in amounts is read back', () => {
    const amounts = [
      '0.00',
      '0.05',
      '200.00',
      '2000.00',
      '10500.00',
      '1234567.89',
      '200000.00',
      '1000003.00',
    ];
    const yuan = decimalCodec({ unit: '元', order: 'none', nulls: [] });
    const tenThousands = decimalCodec({ unit: '万元', order: 'none', nulls: [] });
    const wrong = spoiled(amounts, dirtyAmount).filter(
      ([amount, cell]) => Number(yuan.decode(cell).value ?? 'none') !== Number(amount),
    );
    expect(wrong).toEqual([]);
    expect(
      amounts.filter(
        (amount) => Number(tenThousands.decode(inTenThousands(amount)).value) !== Number(amount),
      ),
    ).toEqual([]);
  });

  it('D18 in townships is read back', () => {
    const file = join(import.meta.dirname, '../../../schema/codes/county/townships.yaml');
    const parsed = parseTownships(readFileSync(file, 'utf8'), 'townships.yaml');
    if (parsed.kind !== 'townships') throw new Error('the list of townships must be readable');
    const codec = townshipCodec(parsed.townships, []);
    const cells = spoiled(
      TOWNSHIPS.map(({ code }) => code),
      dirtyTownship,
    );
    expect(cells.filter(([code, cell]) => codec.decode(cell).value !== code)).toEqual([]);
  });
});
