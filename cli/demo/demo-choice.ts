import { InvalidArgumentError } from 'commander';
import type { DemoSize } from '../../demo/world/world.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import { wholeNumber } from '../verbs/arguments.js';
import { DEMO_SIZES } from '../verbs/verb-bodies.js';

export const DEFAULT_SEED = 1;

/** @throws {CommandFailure} when DEMO_SIZE names no size. */
export function demoSizeOf({ DEMO_SIZE: text }: NodeJS.ProcessEnv): DemoSize {
  if (text === undefined || text === '') return 'small';
  const size = DEMO_SIZES.find((known) => known === text);
  if (size !== undefined) return size;
  throw new CommandFailure(
    EXIT.usage,
    `DEMO_SIZE 应为 ${DEMO_SIZES.join('、')} 之一。Cannot choose a demo county: DEMO_SIZE must be ${DEMO_SIZES.join(', ')}, but is ${JSON.stringify(text)}.`,
  );
}

/** @throws {CommandFailure} when DEMO_SEED is no whole number. */
export function demoSeedOf({ DEMO_SEED: text }: NodeJS.ProcessEnv): number {
  if (text === undefined || text === '') return DEFAULT_SEED;
  try {
    return wholeNumber(0)(text);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new CommandFailure(
      EXIT.usage,
      `DEMO_SEED 应为非负整数。Cannot choose a demo county: DEMO_SEED must be a whole number from 0 on, but is ${JSON.stringify(text)}.`,
    );
  }
}
