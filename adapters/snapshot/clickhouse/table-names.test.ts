import { TableNames } from './table-names.js';

const HOUR_MS = 60 * 60_000;

/** As if it had been begun so long ago. */
function tableOf(names: TableNames, agoMs: number): string {
  const moment = new Date(Date.now() - agoMs).toISOString().replace(/[-:.Z]/g, '');
  return `${names.prefix}${moment}_00000000`;
}

describe('TableNames', () => {
  it('names each interface apart, in letters, digits and underscores', () => {
    const prefixes = ['health.inspection', 'health-inspection', '卫健.检查', '卫健.许可'].map(
      (name) => new TableNames(name).prefix,
    );
    expect(new Set(prefixes).size).toBe(prefixes.length);
    for (const prefix of prefixes) expect(prefix).toMatch(/^snapshot_\w+_$/);
    // No interface's tables begin like another's.
    expect(
      prefixes.filter((one) => prefixes.some((other) => one !== other && one.startsWith(other))),
    ).toEqual([]);
  });

  it('gives names that sort as they were given, however fast', () => {
    const names = new TableNames('a');
    const given = Array.from({ length: 100 }, () => names.next());
    expect([...given].sort()).toEqual(given);
  });

  it('keeps the version right before the current one, and what may still be written', () => {
    const names = new TableNames('a');
    const [oldest, before, current, dead, young] = [5, 4, 3, 2, 0.5].map((hours) =>
      tableOf(names, hours * HOUR_MS),
    ) as [string, string, string, string, string];
    expect(names.superfluous([young, current, oldest, dead, before], current)).toEqual([oldest, dead]);
    expect(names.superfluous([dead, young], null)).toEqual([dead]);
  });
});
