import { startOwnTime } from './own-time.js';

/** What is measured of a pause that no tick divides. */
function ownTimeOf({
  wallMs,
  processorMs,
}: {
  readonly wallMs: number;
  readonly processorMs: number;
}): number {
  const readings = { wallMs: [0, wallMs], processorMs: [0, processorMs] };
  const time = startOwnTime({
    wallMs: () => readings.wallMs.shift() ?? wallMs,
    processorMs: () => readings.processorMs.shift() ?? processorMs,
  });
  return time.stop();
}

it.each([
  ['a pause in which this process worked, in full', { wallMs: 900, processorMs: 880 }, 880],
  ['no more than the clock on the wall, whatever its threads used', { wallMs: 900, processorMs: 1700 }, 900],
  ['a pause in which other processes ran, as one tick', { wallMs: 900, processorMs: 3 }, 20],
  ['a short wait in full', { wallMs: 12, processorMs: 1 }, 12],
])('startOwnTime() counts %s', (_what, pause, expected) => {
  expect(ownTimeOf(pause)).toBe(expected);
});
