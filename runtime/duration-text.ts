import type { Wording } from './yaml/wording.js';

const UNITS: readonly (readonly [seconds: number, zh: string, en: string])[] = [
  [86_400, '天', 'day'],
  [3600, '小时', 'hour'],
  [60, '分钟', 'minute'],
  [1, '秒', 'second'],
];

/** A duration as people say it: `21 天`, `1 天 2 小时`, `90 秒` → `1 分钟 30 秒`; the two greatest units, not rounded up. */
export function durationText(seconds: number): Wording {
  if (seconds < 1)
    return { zh: `${Math.round(seconds * 1000)} 毫秒`, en: `${Math.round(seconds * 1000)} ms` };
  const parts: Wording[] = [];
  let rest = Math.floor(seconds);
  for (const [size, zh, en] of UNITS) {
    const count = Math.floor(rest / size);
    if (count === 0 && parts.length === 0) continue;
    if (count > 0) parts.push({ zh: `${count} ${zh}`, en: `${count} ${en}${count === 1 ? '' : 's'}` });
    rest -= count * size;
    if (parts.length === 2 || count === 0) break;
  }
  return { zh: parts.map((part) => part.zh).join(' '), en: parts.map((part) => part.en).join(' ') };
}
