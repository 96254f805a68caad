import { z } from 'zod';

/** `3s`, `15m`, `26h`, `1d`, `500ms`; decoded to milliseconds. */
export const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, {
    error: '时长，如 500ms、3s、15m、26h、1d | a duration such as 500ms, 3s, 15m, 26h or 1d',
  })
  .meta({ description: '时长：500ms、3s、15m、26h、1d. A duration.' });

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Milliseconds of a text that the grammar accepted. */
export function durationMs(text: string): number {
  const unit = text.replace(/^\d+/, '');
  return Number.parseInt(text, 10) * (UNIT_MS.get(unit) ?? 1);
}
