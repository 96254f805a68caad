import { daysBetween } from '../days.js';
import { generateWorld } from '../generate-world.js';
import { TOWNSHIPS } from '../townships.js';
import type { DemoSize } from '../world.js';

const WORLDS: readonly [DemoSize, number, number][] = [
  ['tiny', 1, 80],
  ['tiny', 2, 80],
  ['small', 7, 800],
];

describe.each(WORLDS)('complaints of size %s, seed %i', (size, seed, count) => {
  const world = generateWorld({ seed, size });
  const complaints = [...world.complaints];
  const inspections = [...world.inspections];
  const cases = [...world.cases];
  const lists = { organisation: world.organisations, person: world.persons, vessel: world.vessels };

  it('are as many as the size says, each under a number with its day', () => {
    expect(complaints).toHaveLength(count);
    expect(new Set(complaints.map(({ ticketNumber }) => ticketNumber)).size).toBe(count);
    for (const { ticketNumber, createdAt, index } of complaints) {
      expect(ticketNumber).toMatch(/^ZJ\d{7}\d{8}\d{6}$/);
      expect(ticketNumber.slice(9, 17)).toBe(createdAt.slice(0, 10).replaceAll('-', ''));
      expect(complaints[index]?.ticketNumber).toBe(ticketNumber);
    }
  });

  it('run forward in time, and none of it is later than today', () => {
    for (const { createdAt, acceptedAt, repliedAt, closedAt } of complaints) {
      const moments = [createdAt, acceptedAt, repliedAt, closedAt].filter((moment) => moment !== null);
      expect(moments).toEqual([...moments].sort());
      for (const moment of moments) {
        expect(moment).toMatch(/^\d{4}-\d{2}-\d{2} [0-2]\d:[0-5]\d:[0-5]\d$/);
        expect(moment.slice(0, 10) <= world.today).toBe(true);
      }
    }
  });

  it('are closed, answered or accepted as their state says', () => {
    for (const { state, acceptedAt, repliedAt, closedAt, satisfaction } of complaints) {
      expect(closedAt !== null).toBe(state === 'CLOSED');
      expect(repliedAt !== null).toBe(['CLOSED', 'REPLIED', 'REOPENED'].includes(state));
      expect(acceptedAt === null).toBe(['NEW', 'ASSIGNED', 'REJECTED'].includes(state));
      if (closedAt === null) expect(satisfaction).toBeNull();
    }
  });

  it('lead to inspections of their target, within ten days and later, never before', () => {
    const led = complaints.filter(({ inspection }) => inspection !== null);
    const lags = led.map(({ inspection, createdAt, target, department }) => {
      const found = inspections[inspection ?? -1];
      expect([found?.subject, found?.department]).toEqual([target, department]);
      expect(createdAt < `${found?.date} ${found?.time}`).toBe(true);
      return daysBetween(createdAt.slice(0, 10), found?.date ?? '');
    });
    expect(lags.some((lag) => lag <= 10)).toBe(true);
    expect(lags.some((lag) => lag > 10)).toBe(true);
    expect(led.every(({ state }) => state !== 'REJECTED')).toBe(true);
  });

  it('lead to cases later still, some of them of that inspection, some without any', () => {
    const led = complaints.filter((each) => each.case !== null);
    for (const { case: index, inspection, createdAt, target } of led) {
      const found = cases[index ?? -1];
      expect(found?.subject).toEqual(target);
      expect(createdAt.slice(0, 10) <= (found?.filedAt ?? '')).toBe(true);
      expect(found?.inspection ?? null).toBe(inspection);
      if (inspection === null) expect(found?.source).toBe('COMPLAINT');
    }
    expect(led.some(({ inspection }) => inspection !== null)).toBe(true);
    expect(led.some(({ inspection }) => inspection === null)).toBe(true);
  });

  it('name their target, somebody unknown or nobody', () => {
    for (const { target, targetName } of complaints) {
      if (target !== null) expect(targetName).toBe(lists[target.kind][target.index]?.name);
    }
    const nameless = complaints.filter(({ target }) => target === null);
    expect(nameless.some(({ targetName }) => targetName !== null)).toBe(true);
    expect(nameless.some(({ targetName }) => targetName === null)).toBe(true);
  });

  it('hold telephones and citizens numbers in their text now and then', () => {
    expect(complaints.some(({ content }) => /联系电话1\d{10}/.test(content))).toBe(true);
    const numbers = complaints.flatMap(({ content }) => /\d{17}[\dX]/.exec(content) ?? []);
    expect(numbers.length).toBeGreaterThan(0);
    const known = new Set(world.persons.map(({ idNo }) => idNo));
    expect(numbers.filter((number) => !known.has(number))).toEqual([]);
  });

  it('of July 2025 about catering came from every township, and led to checks and a case', () => {
    const july = complaints.filter(
      ({ category, createdAt }) => category === 'CATERING' && createdAt.startsWith('2025-07'),
    );
    expect(new Set(july.map(({ township }) => township))).toEqual(new Set(TOWNSHIPS.map(({ code }) => code)));
    expect(july.some(({ inspection }) => inspection !== null)).toBe(true);
    expect(july.some((each) => each.case !== null)).toBe(true);
  });
});

describe('complaints', () => {
  const county = generateWorld({ seed: 5, size: 'county' });

  it('are about nobody that did not exist yet, unless it was inspected before it was registered', () => {
    const inspections = [...county.inspections];
    const early = [...county.complaints].filter(({ target, createdAt, inspection }) => {
      if (target?.kind !== 'organisation') return false;
      const { established = '9' } = county.organisations[target.index] ?? {};
      const inspected = inspection === null ? null : (inspections[inspection]?.date ?? null);
      return createdAt.slice(0, 10) < established && (inspected === null || inspected >= established);
    });
    expect(early).toEqual([]);
  });

  it('of a county are 8,000, of every category, source and kind', () => {
    const complaints = [...county.complaints];
    expect(complaints).toHaveLength(8_000);
    expect(new Set(complaints.map(({ category }) => category)).size).toBe(10);
    expect(new Set(complaints.map(({ source }) => source)).size).toBe(9);
    expect(new Set(complaints.map(({ kind }) => kind)).size).toBe(5);
  });

  it('of another today find their July there', () => {
    const world = generateWorld({ seed: 3, size: 'tiny', today: '2024-10-10' });
    const july = [...world.complaints].filter(({ createdAt }) => createdAt.startsWith('2024-07'));
    expect(new Set(july.map(({ township }) => township)).size).toBe(TOWNSHIPS.length);
  });
});
