import { addDays, daysBetween } from './days.js';
import { generateWorld } from './generate-world.js';
import type { DemoSize, PenaltyCase, World } from './world.js';

const WORLDS: readonly [DemoSize, number][] = [
  ['tiny', 1],
  ['tiny', 2],
  ['tiny', 99],
  ['small', 1],
  ['small', 8],
];

function casesOf(world: World, organisation: number): readonly PenaltyCase[] {
  return [...world.cases].filter(
    ({ subject }) => subject.kind === 'organisation' && subject.index === organisation,
  );
}

describe.each(WORLDS)('landmarks of size %s, seed %i', (size, seed) => {
  const world = generateWorld({ seed, size });

  it('海晏渔业 owns 浙嵊渔90007, whose fishing permit ended', () => {
    const [haiyan] = world.organisations;
    expect(haiyan).toMatchObject({
      name: '嵊泗县海晏渔业有限公司',
      formerNames: ['海晏渔业合作社'],
      uscc: '91330922MA28K00156',
      regNo: '330922000000012',
      regState: 'ACTIVE',
    });
    const named = world.vessels.filter(({ name }) => name === '浙嵊渔90007');
    expect(named.map(({ vesselCode }) => vesselCode)).toEqual(['3309222008060012']);
    expect(named[0]?.owners).toEqual([{ subject: { kind: 'organisation', index: 0 }, share: '1' }]);
    const ended = world.licences.filter(
      ({ holder, validTo, state }) =>
        holder.kind === 'vessel' &&
        holder.index === named[0]?.index &&
        state === 'VALID' &&
        (validTo ?? '9') < world.today,
    );
    expect(ended.map(({ type }) => type)).toEqual(['FISHING_PERMIT']);
  });

  it('海晏渔业 owes a fine of the market bureau, and was punished by case 001', () => {
    const own = casesOf(world, 0);
    expect(own.find(({ decisionNo }) => decisionNo === '嵊综执罚决字〔2026〕第001号')).toMatchObject({
      department: 'COMPREHENSIVE',
      stage: 'CLOSED',
      inspection: 2,
    });
    const owed = own.find(({ department, stage }) => department === 'MARKET' && stage === 'EXECUTING');
    expect(owed).toMatchObject({ fine: '20000.00', paid: '0.00', postponed: false });
    expect(daysBetween(owed?.servedAt ?? '', world.today)).toBeGreaterThan(15);
  });

  it('浙嵊渔90007 was inspected by two departments in one month of 2026', () => {
    const months = [...world.inspections]
      .filter(({ subject, department }) => {
        return (
          subject?.kind === 'vessel' && subject.index === 0 && ['MARINE', 'TRANSPORT'].includes(department)
        );
      })
      .filter(({ date }) => date.startsWith('2026-05'))
      .map(({ department }) => department);
    expect(new Set(months)).toEqual(new Set(['MARINE', 'TRANSPORT']));
  });

  it('three organisations were punished by three departments within 24 months', () => {
    const since = addDays(world.today, -730);
    for (const organisation of [0, 1, 2]) {
      const departments = casesOf(world, organisation)
        .filter(({ decidedAt }) => decidedAt !== null && decidedAt >= since)
        .map(({ department }) => department);
      expect(new Set(departments).size).toBeGreaterThanOrEqual(3);
    }
  });

  it('some cases are on file for more than 60 days and undecided', () => {
    const late = [...world.cases].filter(
      ({ stage, filedAt }) =>
        ['INVESTIGATING', 'REVIEW', 'NOTICE', 'HEARING', 'COLLECTIVE'].includes(stage) &&
        daysBetween(filedAt, world.today) > 60,
    );
    expect(late.length).toBeGreaterThanOrEqual(3);
    expect(late.some(({ filedAt }) => daysBetween(filedAt, world.today) > 90)).toBe(true);
  });

  it('a shop registered anew, a shop has no code, two vessels share a name, one has a former name, two people too', () => {
    expect(world.organisations.some(({ formerUsccs, uscc }) => formerUsccs.length > 0 && uscc !== null)).toBe(
      true,
    );
    expect(world.organisations.some(({ uscc }) => uscc === null)).toBe(true);
    const [elder, younger] = world.vessels.filter(({ name }) => name === '浙嵊渔90031');
    expect((elder?.built ?? '') < (younger?.built ?? '')).toBe(true);
    expect(world.vessels.some(({ formerNames }) => formerNames.includes('浙嵊渔90055'))).toBe(true);
    expect(world.vessels.some(({ owners }) => owners.length > 1)).toBe(true);
    const namesakes = world.persons.filter(({ name }) => name === '陈海波');
    expect(namesakes.length).toBeGreaterThanOrEqual(2);
  });

  it('some objects of checks are nobody, some results unknown', () => {
    const inspections = [...world.inspections];
    for (const heldBy of ['marine', 'transport']) {
      expect(inspections.some((each) => each.heldBy === heldBy && each.subject === null)).toBe(true);
    }
    expect(
      inspections.some(({ results, unknownResult }) => results.length === 0 && unknownResult !== null),
    ).toBe(true);
  });
});
