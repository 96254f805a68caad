import fc from 'fast-check';
import { wide } from '../testing/dirty-cells.js';
import { citizenCheckCharacter, citizenIdOf15, isCitizenId, readCitizenId } from './citizen-id.js';
import { isMmsi } from './mmsi.js';
import { isPripid, readPripid } from './pripid.js';
import {
  isRegistrationNumber,
  readRegistrationNumber,
  registrationCheckDigit,
} from './registration-number.js';
import { gradeUscc, isUscc, readUscc, usccCheckCharacter } from './uscc.js';
import { isVesselCode, readVesselCode } from './vessel-code.js';
import { isVesselName, readVesselName } from './vessel-name.js';

const USCCS = [
  '91330922MA28K00156',
  '91330922MA28KX007W',
  '92330922MA28K0023X',
  '93330922MA28K0031M',
  '52330922MJ90000148',
  '11330922MB10000028',
  '11330922090963010M',
  '91330203674737244W',
];

describe('unified social credit code', () => {
  test.each(USCCS)('%s is valid', (uscc) => {
    expect(isUscc(uscc)).toBe(true);
    expect(readUscc(uscc)).toEqual({ value: uscc, quality: [] });
  });
  test.each(['91350100M000100Y4Z', '91330922MA28K00155', '91330922MA28K0015', '9133092ZMA28K00156', ''])(
    '%s is not',
    (text) => {
      expect(isUscc(text)).toBe(false);
      expect(readUscc(text).value).toBeNull();
    },
  );
  test('the check character of the standard’s negative example is 3', () => {
    expect(usccCheckCharacter('91350100M000100Y4')).toBe('3');
  });
  test('a remainder of zero gives the character 0', () => {
    const zero = fc
      .sample(fc.integer({ min: 0, max: 99_999_999 }), { numRuns: 300, seed: 1 })
      .map((number) => `91330922${String(number).padStart(9, '0')}`)
      .find((first17) => usccCheckCharacter(first17) === '0');
    expect(isUscc(`${zero ?? ''}0`)).toBe(true);
  });
  test('the organisation code inside grades and never rejects', () => {
    expect(['11330922090963010M', '91330203674737244W'].map(gradeUscc)).toEqual(['full', 'full']);
    expect(gradeUscc('91330922MA28KX007W')).toMatch(/full|outer/);
  });
  test.each([
    '91330922ma28k00156',
    '９１３３０９２２ＭＡ２８Ｋ００１５６',
    ' 91330922MA28K00156\r\n',
    '91330922 MA28K0015 6',
    '91330922-MA28K0015-6',
  ])('D2 %j is read without a mark', (text) => {
    expect(readUscc(text)).toEqual({ value: '91330922MA28K00156', quality: [] });
  });
  test('D2 O for 0 and I for 1 are repaired when the check character agrees, and marked', () => {
    expect(readUscc('91330922MA28KOO156')).toEqual({ value: '91330922MA28K00156', quality: ['ID_REPAIRED'] });
    expect(readUscc('9I330922MA28K0OI56')).toEqual({ value: '91330922MA28K00156', quality: ['ID_REPAIRED'] });
    expect(readUscc('91330922MA28KOO155')).toEqual({ value: null, quality: ['ID_UNRESOLVED'] });
  });
  test.each([
    '统一社会信用代码：91330922MA28K00156',
    '统一社会信用代码:91330922MA28K00156（1/1）',
    '91330922MA28K00156()',
    '社会信用代码 91330922MA28K00156',
    '统一社会信用代码/注册号：91330922MA28K00156'.replace('/注册号', ''),
    '91330922MA28K00156（副本）',
    "'91330922MA28K00156",
  ])('D3 %j is stripped', (text) => {
    expect(readUscc(text)).toEqual({ value: '91330922MA28K00156', quality: [] });
  });
  test('D5 D21 a name in the column is implausible', () => {
    expect(readUscc('嵊泗县海晏渔业有限公司').quality).toEqual(['ID_IMPLAUSIBLE']);
    expect(readUscc('000000000000000000').quality).toEqual(['ID_IMPLAUSIBLE']);
  });
  test('a wrong character is noticed wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...USCCS),
        fc.nat(17),
        fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'),
        (uscc, at, character) => {
          const other = uscc.slice(0, at) + character + uscc.slice(at + 1);
          expect(isUscc(other)).toBe(other === uscc);
        },
      ),
    );
  });
});

describe('registration number', () => {
  test.each(['330203000030639', '330922000000012', '330922600000128'])('%s is valid', (text) => {
    expect(isRegistrationNumber(text)).toBe(true);
    expect(readRegistrationNumber(`注册号：${wide(text)} `).value).toBe(text);
  });
  test('check digits', () => {
    expect(registrationCheckDigit('33092200000001')).toBe('2');
    expect(isRegistrationNumber('330922000000013')).toBe(false);
    expect(readRegistrationNumber('330922000000013').quality).toEqual(['ID_UNRESOLVED']);
  });
});

describe('citizen’s number', () => {
  test('vectors', () => {
    expect(citizenCheckCharacter('33092219800101000')).toBe('9');
    expect(isCitizenId('330922198001010009')).toBe(true);
    expect(isCitizenId('330922196512310004')).toBe(true);
    expect(isCitizenId('330922198001010008')).toBe(false);
    expect(isCitizenId('330922198002300009')).toBe(false);
  });
  test('D6 15 digits are converted and marked', () => {
    expect(citizenIdOf15('330922650101000')).toBe('330922196501010006');
    expect(readCitizenId('330922650101000')).toEqual({
      value: '330922196501010006',
      quality: ['ID_REPAIRED'],
    });
    expect(citizenIdOf15('330922651301000')).toBeNull();
  });
  test.each([
    '330922********0009',
    '330***********0009',
    '***********',
    '330227************',
    '3309221980XXXXXXXX',
  ])('D7 %s is masked, never a key', (text) => {
    expect(readCitizenId(text)).toEqual({ value: null, quality: ['ID_MASKED'] });
  });
  test.each(['张三', '91330922MA28K00156'])('D5 %s in place of a number is implausible', (text) => {
    expect(readCitizenId(text)).toEqual({ value: null, quality: ['ID_IMPLAUSIBLE'] });
  });
  test('a lower-case x is the check character X', () => {
    const first17 = fc
      .sample(fc.integer({ min: 0, max: 999 }), { numRuns: 50, seed: 2 })
      .map((sequence) => `33092219800101${String(sequence).padStart(3, '0')}`)
      .find((digits) => citizenCheckCharacter(digits) === 'X');
    expect(readCitizenId(`${first17}x`).value).toBe(`${first17}X`);
  });
});

describe('vessel', () => {
  test.each([
    '浙嵊渔90007',
    '浙嵊渔 90007',
    '浙嵊渔90007号',
    '浙嵊渔９０００７',
    'ZHESHENGYU90007',
    'ZHE SHENG YU 90007',
    'zheshengyu90007',
    '浙嵊泗渔90007',
    'ZHESHENGSIYU90007',
    '浙嵊渔-90007',
    '\u3000浙嵊渔90007 号\r\n',
  ])('%j is 浙嵊渔90007', (text) => {
    expect(readVesselName(text)).toEqual({ value: '浙嵊渔90007', quality: [] });
  });
  test('鱼 for 渔 is repaired and marked', () => {
    expect(readVesselName('浙嵊鱼90007')).toEqual({ value: '浙嵊渔90007', quality: ['ID_REPAIRED'] });
    expect(readVesselName('浙嵊鱼冷90088')).toEqual({ value: '浙嵊渔冷90088', quality: ['ID_REPAIRED'] });
  });
  test.each([
    ['浙嵊渔冷90088', '浙嵊渔冷90088'],
    ['ZHESHENGYULENG90088', '浙嵊渔冷90088'],
    ['浙嵊泗渔休90012号', '浙嵊渔休90012'],
    ['ZHE SHENG YU XIU 90012', '浙嵊渔休90012'],
    ['浙普渔90001', '浙普渔90001'],
    ['浙岱山渔运90002', '浙岱渔运90002'],
  ])('%s is %s', (text, name) => {
    expect(readVesselName(text).value).toBe(name);
    expect(isVesselName(name)).toBe(true);
  });
  test.each(['嵊渔90007', '浙嵊渔9007', '浙嵊渔900077', '三无船舶', '浙嵊90007', '浙嵊渔'])(
    '%s is no name',
    (text) => {
      expect(readVesselName(text).value).toBeNull();
    },
  );
  test.each([
    ['浙海156', '浙海156'],
    ['浙海156轮', '浙海156'],
    ['嵊泗客 8', '嵊泗客8'],
    ['浙嵊货0123', '浙嵊货0123'],
    ['“舟渡１２”', '舟渡12'],
  ])('the merchant vessel %s is %s', (text, name) => {
    expect(readVesselName(text)).toEqual({ value: name, quality: [] });
    expect(isVesselName(name)).toBe(true);
  });
  test.each(['合计12', '浙嵊90007', '浙嵊渔9007', '东海路12号', '三无船舶', '浙海', '共3艘'])(
    '%s is no merchant vessel',
    (text) => {
      expect(readVesselName(text).value).toBeNull();
      expect(isVesselName(text)).toBe(false);
    },
  );
  test('a former name in brackets is not the vessel’s', () => {
    expect(readVesselName('浙嵊渔90007（原浙嵊渔00012）').value).toBe('浙嵊渔90007');
    expect(readVesselName('浙嵊渔9000(7)').value).toBeNull();
  });
  test.each([
    ['CN20081234567', 'CN20081234567'],
    ['cn 2008-1234567', 'CN20081234567'],
    ['船舶识别号：ＣＮ２００８１２３４５６７', 'CN20081234567'],
    ['CN18001234567', null],
    ['CN2008123456', null],
    ['CN20080000000', null],
  ])('the identifier %s of a merchant vessel is %s', (text, value) => {
    expect(readVesselCode(text).value).toBe(value);
  });
  test('codes have sixteen digits', () => {
    expect(isVesselCode('3309222008060012')).toBe(true);
    expect(readVesselCode(' ３３０９２２２００８０６００１２').value).toBe('3309222008060012');
    expect(readVesselCode('33O9222008060012').value).toBeNull();
    expect(readVesselCode('0000000000000000').quality).toEqual(['ID_IMPLAUSIBLE']);
  });
  test('maritime identities are of 412, 413, 414', () => {
    expect(['412345678', '413000001', '414999999', '411000000', '41234567'].map(isMmsi)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

test('PRIPID: a division and ten more', () => {
  expect(isPripid('3302140000185548')).toBe(true);
  expect(readPripid(' 33092200000k2345 ').value).toBe('33092200000K2345');
  expect(readPripid('0002140000185548').value).toBeNull();
});
