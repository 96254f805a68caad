import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { randomFor } from '../../random.js';
import {
  capitalNumerals,
  chineseDay,
  confusedUscc,
  dirtyAmount,
  dirtyDate,
  dirtyDecisionNo,
  dirtyText,
  dirtyTownship,
  dirtyUscc,
  dirtyVesselName,
  epochMillis,
  excelSerial,
  idCard15,
  inTenThousands,
  maskId,
  nullWord,
  truncatedDate,
} from './dirt.js';

/** Every variant that occurs in so many draws. */
function variants(spoil: (random: ReturnType<typeof randomFor>) => string, draws = 400): string[] {
  return [...new Set(Array.from({ length: draws }, (_, draw) => spoil(randomFor(1, 'dirt', draw))))];
}

const clean = (text: string) => text.normalize('NFKC').replace(/[\s\u200b]/g, '');

describe('dirt', () => {
  it('D2 D3 D11 dirtyUscc() is never clean and always holds the code', () => {
    const spoiled = variants((random) => dirtyUscc(random, '91330922MA28KX007W'));
    expect(spoiled.length).toBeGreaterThan(10);
    expect(spoiled).not.toContain('91330922MA28KX007W');
    for (const text of spoiled) expect(clean(text).toUpperCase()).toContain('91330922MA28KX007W');
    expect(spoiled).toEqual(expect.arrayContaining(['91330922ma28kx007w', '91330922MA28KX007W（1/1）']));
  });

  it('D2 confusedUscc() puts in one letter that codes never hold', () => {
    for (const text of variants((random) => confusedUscc(random, '91330922MA28K00156'))) {
      expect(text).toMatch(/^[^OI]*[OI][^OI]*$/);
      expect(text.replace('O', '0').replace('I', '1')).toBe('91330922MA28K00156');
    }
  });

  it('D4 nullWord() knows many words for nothing', () => {
    expect(variants(nullWord)).toEqual(
      expect.arrayContaining(['', 'undefined', 'null', '暂无', '无', '\\N']),
    );
  });

  it('D6 idCard15() drops century and check, and refuses who was born after 1999', () => {
    expect(idCard15('330922196501010006')).toBe('330922650101000');
    expect(() => idCard15('330922200101010000')).toThrow(RangeError);
  });

  it('D7 maskId() keeps no more than the division', () => {
    expect(maskId('330922198001010009')).toBe('330922************');
  });

  it('D8 dirtyDate() writes the same day in many ways', () => {
    const spoiled = variants((random) => dirtyDate(random, '2020-06-18'));
    expect(spoiled).toEqual(
      expect.arrayContaining([
        '20200618',
        '2020-6-18',
        '2020/6/18',
        '2020年6月18日',
        '二〇二〇年六月十八日',
        '44000',
      ]),
    );
    expect(spoiled).not.toContain('2020-06-18');
    expect(
      variants((random) => dirtyDate(random, '1965-01-31')).filter((text) => /^\d{5}$|^-?\d{9,}$/.test(text)),
    ).toEqual([]);
    expect(() => dirtyDate(randomFor(1), '2020-6-18')).toThrow('2020-6-18');
  });

  it.each([
    ['2020-06-18', '二〇二〇年六月十八日'],
    ['2021-12-20', '二〇二一年十二月二十日'],
    ['1999-10-31', '一九九九年十月三十一日'],
  ])('D8 chineseDay(%s)', (iso, text) => {
    expect(chineseDay(iso)).toBe(text);
  });

  it('D8 excelSerial(), epochMillis() and truncatedDate() are the vectors of their formats', () => {
    expect(excelSerial('2020-06-18')).toBe('44000');
    expect(new Date(Number(epochMillis('2020-06-18'))).toISOString()).toBe('2020-06-17T16:00:00.000Z');
    expect(truncatedDate('2021-03-05')).toBe('2021-3-');
  });

  it('D11 dirtyText() adds blanks and nothing else', () => {
    for (const text of variants((random) => dirtyText(random, '海晏'))) {
      expect(text).not.toBe('海晏');
      expect(clean(text)).toBe('海晏');
    }
  });

  it('dirtyDecisionNo() keeps the number by its rules', () => {
    const printed = '嵊综执罚决字〔2026〕第001号';
    const spoiled = variants((random) => dirtyDecisionNo(random, printed));
    expect(spoiled.length).toBeGreaterThan(20);
    expect(new Set(spoiled.map(normaliseDocumentNumber))).toEqual(
      new Set([normaliseDocumentNumber(printed)]),
    );
  });

  it('dirtyVesselName() writes every variant of the domain', () => {
    expect(variants((random) => dirtyVesselName(random, '浙嵊渔90007'))).toEqual(
      expect.arrayContaining([
        '浙嵊渔 90007',
        '浙嵊渔90007号',
        '浙嵊渔９０００７',
        '浙嵊鱼90007',
        '浙嵊泗渔90007',
        'ZHESHENGYU90007',
        'ZHE SHENG YU 90007',
      ]),
    );
    expect(variants((random) => dirtyVesselName(random, '浙嵊渔冷90088'))).toContain('ZHESHENGYULENG90088');
  });

  it('D17 dirtyAmount() writes the same amount in many ways', () => {
    expect(variants((random) => dirtyAmount(random, '2000.00'))).toEqual(
      expect.arrayContaining(['2000', '2,000.00', '2000元', '２０００', '贰仟元']),
    );
    for (const text of variants((random) => dirtyAmount(random, '1234567.89'))) {
      expect(clean(text).replace(/[,元]/g, '')).toBe('1234567.89');
    }
  });

  it.each([
    ['2000', '贰仟'],
    ['10500', '壹万零伍佰'],
    ['100000', '壹拾万'],
    ['1000003', '壹佰万零叁'],
    ['20340005', '贰仟零叁拾肆万零伍'],
    ['100000000', '壹亿'],
    ['100010000', '壹亿零壹万'],
  ])('D17 capitalNumerals(%s)', (digits, text) => {
    expect(capitalNumerals(digits)).toBe(text);
  });

  it('D17 inTenThousands() keeps every digit', () => {
    expect(inTenThousands('12345.60')).toBe('1.234560');
    expect(inTenThousands('0.05')).toBe('0.000005');
    expect(inTenThousands('50000.00')).toBe('5.000000');
    expect(() => inTenThousands('5')).toThrow("'5'");
  });

  it('D18 dirtyTownship() names the same township', () => {
    expect(variants((random) => dirtyTownship(random, '330922101')).sort()).toEqual(
      ['330922101000', '嵊山', '嵊山镇', '嵊山镇政府', '嵊泗县嵊山镇', '壁下乡'].sort(),
    );
  });
});
