import { HOUSE_RULES } from '../testing/house-rules.js';
import { hashSecret, hashText, makeSecret } from './application-secret.js';
import { ApplicationsInvalid, readApplications } from './read-applications.js';

const SECRET = makeSecret();
const HASH = hashText(hashSecret(SECRET));
const KEY = `{ hash: "${HASH}", notBefore: 2026-06-30, expires: 2027-06-30 }`;

function messageOf(application: string): string {
  try {
    readApplications(`applications:\n  board-1: ${application}\n`, 'a.yaml', HOUSE_RULES);
    return 'accepted';
  } catch (error) {
    if (error instanceof ApplicationsInvalid) return error.message;
    throw error;
  }
}

describe('readApplications()', () => {
  it('takes a key of exactly a year', () => {
    expect(messageOf(`{ role: dashboard, keys: [${KEY}] }`)).toBe('accepted');
  });

  it.each([
    ['no role', `{ keys: [${KEY}] }`, 'a.yaml:2:12: error invalid-value: 缺少“applications.board-1.role”'],
    [
      'an unknown role',
      `{ role: root, keys: [${KEY}] }`,
      '2:20: error invalid-value: 没有角色“root”，已有：',
    ],
    ['a role that every object has', `{ role: constructor, keys: [${KEY}] }`, '没有角色“constructor”'],
    [
      'an administrator',
      `{ role: security, keys: [${KEY}] }`,
      '2:20: error invalid-value: 应用“board-1”不能担任管理员',
    ],
    ['a township analyst of none', `{ role: township-analyst, keys: [${KEY}] }`, '须以“townships”限定范围'],
    ['an empty list', `{ role: dashboard, townships: [], keys: [${KEY}] }`, '至少一项的列表'],
    ['a township that is none', `{ role: dashboard, townships: [33], keys: [${KEY}] }`, '九位乡镇代码'],
    ['a department that is none', `{ role: dashboard, departments: [A/B], keys: [${KEY}] }`, '部门子图名'],
    ['no keys', '{ role: dashboard, keys: [] }', '至少一项的列表'],
    ['six keys', `{ role: dashboard, keys: [${Array(6).fill(KEY)}] }`, '不超过 5 项的列表'],
    ['no end', `{ role: dashboard, keys: [{ hash: "${HASH}", notBefore: 2026-06-30 }] }`, 'keys.0.expires'],
    [
      'more than a year',
      `{ role: dashboard, keys: [${KEY.replace('2027-06-30', '2027-07-01')}] }`,
      '应为 2026-06-30 至 2027-06-30，实际为 2027-07-01',
    ],
    [
      'an end before the beginning',
      `{ role: dashboard, keys: [${KEY.replace('2027-06-30', '2026-06-29')}] }`,
      '实际为 2026-06-29',
    ],
    [
      'a day that there is not',
      `{ role: dashboard, keys: [${KEY.replace('2027-06-30', '2027-02-29')}] }`,
      '日期，如',
    ],
    ['one key twice', `{ role: dashboard, keys: [${KEY}, ${KEY}] }`, '同一密钥出现了两次'],
    ['an unknown key', `{ role: dashboard, key: [${KEY}], keys: [${KEY}] }`, '未知的键“key”，是否想写“keys”'],
    [
      'operations that are none',
      `{ role: dashboard, operations: all, keys: [${KEY}] }`,
      'any、registered 之一',
    ],
  ])('refuses %s at its place', (_, application, message) => {
    expect(messageOf(application)).toContain(message);
  });

  it('shows no key that stands where its hash belongs', () => {
    for (const application of [
      `{ role: dashboard, keys: [{ hash: ${SECRET}, notBefore: 2026-06-30, expires: 2027-06-30 }] }`,
      `{ role: dashboard, keys: board-1.${SECRET} }`,
      `{ role: dashboard, keys: [board-1.${SECRET}] }`,
      `board-1.${SECRET}`,
    ]) {
      expect(messageOf(application)).toMatch(/^a\.yaml:2:\d+: error/);
      expect(messageOf(application)).not.toContain(SECRET);
    }
  });
});
