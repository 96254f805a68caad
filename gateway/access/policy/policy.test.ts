import { parsePolicy } from './policy.js';

const ROLE = 'roles: { reader: { title: 读者 Reader, may: [], types: {} } }\n';

describe('parsePolicy()', () => {
  it.each([
    ['', 5],
    ['smallCells: 3', 3],
    ['smallCells: 11', 11],
  ])('reads the least count of persons that is told: %j', (said, least) => {
    expect(parsePolicy(`${ROLE}${said}`, 'policy.yaml').smallCells).toBe(least);
  });

  it.each(['4', '1', '0', '-5', '5.5', 'many'])('refuses a least count that protects nothing: %s', (said) => {
    expect(() => parsePolicy(`${ROLE}smallCells: ${said}`, 'policy.yaml')).toThrow(/policy\.yaml:2/);
  });
});
