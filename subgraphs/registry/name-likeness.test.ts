import { coreOfName, nameKey } from './name-key.js';
import { likeness } from './name-likeness.js';

const score = (left: string, right: string) => likeness(nameKey(left), nameKey(right));

describe('nameKey()', () => {
  test.each([
    ['嵊泗县　海晏 渔业有限公司', '嵊泗县海晏渔业有限公司'],
    ['海晏渔业（嵊泗）有限公司', '海晏渔业(嵊泗)有限公司'],
    ['ＡＢ船厂', 'ab船厂'],
    ['\ufeff海晏\u200b渔业', '海晏渔业'],
  ])('reads %j as %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });
});

describe('coreOfName()', () => {
  test.each([
    ['嵊泗县海晏渔业有限公司', '海晏渔业'],
    ['浙江省舟山市嵊泗县海晏渔业股份有限公司', '海晏渔业'],
    ['嵊泗海晏渔业(有限合伙)', '海晏渔业'],
    ['嵊泗县有限公司', '嵊泗县有限公司'],
    ['公司', '公司'],
  ])('of %s is %s', (key, core) => {
    expect(coreOfName(key)).toBe(core);
  });
});

describe('likeness()', () => {
  test('is 1 for one name, 0 for nothing shared, the same both ways', () => {
    expect(score('海晏渔业', '海晏 渔业')).toBe(1);
    expect(score('海晏渔业', '黄龙石材')).toBe(0);
    expect(score('海晏渔业公司', '海晏水产')).toBe(score('海晏水产', '海晏渔业公司'));
  });

  test('weighs what tells names apart more than county and legal form', () => {
    expect(score('嵊泗县海晏渔业有限公司', '海晏渔业')).toBeGreaterThan(0.9);
    expect(score('嵊泗县海晏渔业有限公司', '嵊泗县黄龙石材有限公司')).toBeLessThan(0.1);
  });

  test('orders nearer names first', () => {
    const asked = '海晏渔业有限公司';
    const scores = ['海晏渔业合作社', '海晏渔家乐', '海晏石材', '东升石材'].map((name) => score(asked, name));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
  });
});
