import { isSameSpelling } from './key-spelling.js';

describe('isSameSpelling()', () => {
  it.each<[unknown, unknown]>([
    ['6F9619FF-8B86-D011-B42D-00C04FC964FF', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ['{6F9619FF-8B86-D011-B42D-00C04FC964FF}', '6f9619ff8b86d011b42d00c04fc964ff'],
    ['浙L12345', '浙l12345'],
    ['ＡＢ１２', 'AB12'],
    ['A1   ', 'A1'],
    [7, '007'],
    ['7.00', 7],
    ['0', '000'],
    ['-07', -7],
    ['Straße', 'STRAßE'],
  ])('%j is %j', (left, right) => {
    expect(isSameSpelling(left, right)).toBe(true);
  });

  it.each<[unknown, unknown]>([
    ['A-1', 'A1'],
    ['7', '70'],
    ['7.5', '7'],
    ['-7', '7'],
    ['a b', 'ab'],
    ['6f9619ff-8b86-d011-b42d-00c04fc964ff', '6f9619ff-8b86-d011-b42d-00c04fc964fe'],
    ['', '0'],
    [null, 'nul'],
  ])('%j is not %j', (left, right) => {
    expect(isSameSpelling(left, right)).toBe(false);
  });
});
