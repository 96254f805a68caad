import { createHash } from 'node:crypto';
import { normaliseDocumentNumber } from '../../subgraphs/values/texts/document-number.js';
import { atDepth } from '../../test/deep.js';
import { addDays, daysBetween } from './days.js';
import { departmentOf, OLD_CASE_DAYS, systemOfCases, systemOfInspections } from './departments.js';
import { generateWorld } from './generate-world.js';
import { TOWNSHIPS } from './townships.js';
import type { DemoSize, Inspection, PenaltyCase, SubjectPointer, World } from './world.js';

const SEEDS = atDepth([2026], [1, 2026, 77_777]);
const DECIDED = ['DECIDED', 'SERVED', 'EXECUTING', 'CLOSED'];
const UNDECIDED = ['FILED', 'INVESTIGATING', 'REVIEW', 'NOTICE', 'HEARING', 'COLLECTIVE'];

function expectUnique(texts: readonly string[]): void {
  const seen = new Set<string>();
  const twice = texts.filter((text) => seen.has(text) || !seen.add(text));
  expect(twice).toEqual([]);
}

function exists(world: World, pointer: SubjectPointer): boolean {
  const count = {
    organisation: world.organisations.length,
    person: world.persons.length,
    vessel: world.vessels.length,
  }[pointer.kind];
  return Number.isInteger(pointer.index) && pointer.index >= 0 && pointer.index < count;
}

/** Written again from GB 32100 and GB 11643, apart from the generator's own arithmetic. */
function hasUsccCheck(uscc: string): boolean {
  const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
  const sum = [...uscc].slice(0, 17).reduce((total, character, place) => {
    return total + alphabet.indexOf(character) * (3 ** place % 31);
  }, 0);
  return (
    /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(uscc) && (31 - (sum % 31)) % 31 === alphabet.indexOf(uscc[17] ?? '')
  );
}

function hasCitizenCheck(idNo: string): boolean {
  const digits = [...idNo].map((digit) => (digit === 'X' ? 10 : Number(digit)));
  const sum = digits.reduce((total, digit, place) => total + digit * (2 ** (17 - place) % 11), 0);
  return /^\d{17}[\dX]$/.test(idNo) && sum % 11 === 1;
}

function hasMod11Check(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + Number(digits.at(-1))) % 10 === 1;
}

function fingerprint(world: World): string {
  const { inspections, cases, portCalls, complaints, ...lists } = world;
  return createHash('sha256')
    .update(JSON.stringify([lists, [...inspections], [...cases], [...portCalls], [...complaints]]))
    .digest('hex');
}

describe.each(SEEDS)('generateWorld() with seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'small' });
  const inspections = [...world.inspections];
  const cases = [...world.cases];
  const townships = new Set(TOWNSHIPS.map(({ code }) => code));

  it('has right check characters in every number', () => {
    const usccs = world.organisations.flatMap(({ uscc, formerUsccs }) => [
      ...formerUsccs,
      ...(uscc ?? '').split(','),
    ]);
    expect(usccs.filter((uscc) => uscc !== '' && !hasUsccCheck(uscc))).toEqual([]);
    const regNos = world.organisations.flatMap(({ regNo }) => (regNo === null ? [] : [regNo]));
    expect(regNos.filter((regNo) => !/^\d{15}$/.test(regNo) || !hasMod11Check(regNo))).toEqual([]);
    expect(world.persons.filter(({ idNo }) => !hasCitizenCheck(idNo))).toEqual([]);
    const food = world.licences.filter(({ type }) => type.startsWith('FOOD_'));
    expect(food.length).toBeGreaterThan(50);
    expect(
      food.filter(({ number }) => !/^(JY|SC)\d{14}$/.test(number) || !hasMod11Check(number.slice(2))),
    ).toEqual([]);
  });

  it('identifies every subject, and no two by the same number', () => {
    expect(world.organisations.filter(({ uscc, regNo }) => uscc === null && regNo === null)).toEqual([]);
    expect(
      world.organisations.filter(({ uscc, kind }) => uscc === null && kind !== 'INDIVIDUAL_BUSINESS'),
    ).toEqual([]);
    expectUnique(
      world.organisations.flatMap(({ uscc, formerUsccs }) =>
        uscc === null ? formerUsccs : [uscc, ...formerUsccs],
      ),
    );
    expectUnique(world.organisations.flatMap(({ regNo }) => (regNo === null ? [] : [regNo])));
    expectUnique(world.organisations.map(({ pripid }) => pripid));
    expectUnique(world.persons.map(({ idNo }) => idNo));
    expectUnique([
      ...world.vessels.map(({ vesselCode }) => vesselCode),
      ...world.organisations.map(({ pripid }) => pripid),
    ]);
    expectUnique(world.vessels.map(({ mmsi }) => mmsi));
    expectUnique(world.officers.map(({ certNo }) => certNo));
    expectUnique(world.licences.map(({ number }) => normaliseDocumentNumber(number)));
    expectUnique(inspections.map(({ number }) => normaliseDocumentNumber(number)));
    expectUnique(cases.map(({ caseCode }) => caseCode));
    expectUnique(
      cases.flatMap(({ decisionNo }) => (decisionNo === null ? [] : [normaliseDocumentNumber(decisionNo)])),
    );
  });

  it('spells numbers as the county does', () => {
    for (const vessel of world.vessels) {
      expect(vessel.vesselCode).toMatch(/^330922(19|20)\d{2}(0[1-9]|1[0-2])\d{4}$/);
      for (const name of [vessel.name, ...vessel.formerNames])
        expect(name).toMatch(/^浙嵊渔[养冷运休加]?9\d{4}$/);
    }
    for (const { caseCode, filedAt } of cases) {
      expect(caseCode).toMatch(/^.{18}\d{11}$/);
      expect(hasUsccCheck(caseCode.slice(0, 18))).toBe(true);
      expect(caseCode.slice(18, 22)).toBe(filedAt.slice(0, 4));
    }
    for (const { decisionNo, decidedAt } of cases) {
      if (decisionNo !== null)
        expect(decisionNo).toMatch(new RegExp(`〔${decidedAt?.slice(0, 4)}〕第?\\d+号$`));
    }
  });

  it('has every township name itself by code', () => {
    const coded = [...world.organisations, ...world.persons, ...world.vessels, ...inspections, ...cases];
    expect(coded.filter(({ township }) => !townships.has(township))).toEqual([]);
  });

  it('points at nothing that is not there', () => {
    const pointers = [
      ...inspections.flatMap(({ subject }) => (subject === null ? [] : [subject])),
      ...cases.map(({ subject }) => subject),
      ...world.licences.map(({ holder }) => holder),
      ...world.vessels.flatMap(({ owners }) => owners.map(({ subject }) => subject)),
    ];
    expect(pointers.filter((pointer) => !exists(world, pointer))).toEqual([]);
    expect(world.organisations.filter(({ legalRep }) => world.persons[legalRep] === undefined)).toEqual([]);
    for (const list of [
      world.organisations,
      world.persons,
      world.vessels,
      world.officers,
      world.licences,
      inspections,
      cases,
      [...world.portCalls],
    ]) {
      expect(list.filter((item, place) => item.index !== place)).toEqual([]);
    }
  });

  it('divides every vessel among different owners into shares of one', () => {
    for (const { owners } of world.vessels) {
      const sixths = owners.map(({ share }) => {
        const [part = '', whole = '1'] = share.split('/');
        return (6 * Number(part)) / Number(whole);
      });
      expect(sixths.reduce((sum, part) => sum + part, 0)).toBe(6);
      expectUnique(owners.map(({ subject }) => `${subject.kind}${subject.index}`));
    }
  });

  it('dates every inspection and case within three years, evenly, and nothing after today', () => {
    const first = addDays(world.today, -1095);
    expect(inspections.filter(({ date }) => date < first || date > world.today)).toEqual([]);
    expect(cases.filter(({ filedAt }) => filedAt < first || filedAt > world.today)).toEqual([]);
    const events = cases.flatMap((each) => [
      each.decidedAt,
      each.servedAt,
      each.closedAt,
      each.paidAt,
      each.publishedAt,
    ]);
    expect(events.filter((date) => date !== null && date > world.today)).toEqual([]);
    expect([...world.portCalls].filter(({ reportedAt }) => reportedAt.slice(0, 10) > world.today)).toEqual(
      [],
    );
    const thisYear = inspections.filter(({ date }) => date >= '2026').length / inspections.length;
    expect(Math.abs(thisYear - 1 / 6)).toBeLessThan(0.03);
  });

  it('runs every case forward in time and closes it in full', () => {
    for (const each of cases) {
      const dates = [each.filedAt, each.decidedAt, each.servedAt, each.paidAt, each.closedAt].filter(
        (date) => date !== null,
      );
      expect(dates).toEqual([...dates].sort());
      if (each.publishedAt !== null) expect(each.publishedAt > (each.decidedAt ?? '')).toBe(true);
      expectStage(each);
    }
  });

  it('decides mostly within 90 days, and sometimes later', () => {
    const ordinary = cases.filter(({ process, decidedAt }) => process === 'ORDINARY' && decidedAt !== null);
    const late = ordinary.filter(({ filedAt, decidedAt }) => daysBetween(filedAt, decidedAt ?? filedAt) > 90);
    expect(late.length).toBeGreaterThan(0);
    expect(late.length / ordinary.length).toBeLessThan(0.12);
  });

  it('pays in time, late, in part or never', () => {
    const fined = cases.filter(({ fine, servedAt }) => fine !== null && fine !== '0.00' && servedAt !== null);
    const wait = (each: PenaltyCase) =>
      each.paidAt === null ? null : daysBetween(each.servedAt ?? '', each.paidAt);
    expect(fined.some((each) => (wait(each) ?? 99) <= 15)).toBe(true);
    expect(fined.some((each) => (wait(each) ?? 0) > 15)).toBe(true);
    expect(
      fined.some((each) => wait(each) === null && daysBetween(each.servedAt ?? '', world.today) > 200),
    ).toBe(true);
    expect(fined.some(({ paid, fine }) => paid !== null && paid !== '0.00' && paid !== fine)).toBe(true);
    expect(fined.some(({ postponed }) => postponed)).toBe(true);
  });

  it('fines in the simple procedure no more than the law lets', () => {
    for (const { process, fine, subject } of cases) {
      if (process === 'SIMPLE' && fine !== null) {
        expect(Number(fine)).toBeLessThanOrEqual(subject.kind === 'person' ? 200 : 3000);
      }
    }
  });

  it('numbers decisions and cases of a department and year without a gap, in the order of time', () => {
    const series = new Map<string, { day: string; running: number }[]>();
    for (const { decisionNo, decidedAt, department } of cases) {
      const parts = /^(.*〕)第?(\d+)号$/.exec(decisionNo ?? '');
      if (parts === null || decidedAt === null) continue;
      const key = `${department} ${parts[1]}`;
      series.set(key, [...(series.get(key) ?? []), { day: decidedAt, running: Number(parts[2]) }]);
    }
    expect(series.size).toBeGreaterThan(10);
    for (const [key, entries] of series) {
      const ordered = [...entries].sort((a, b) => a.running - b.running);
      expect([key, ordered.map(({ running }) => running)]).toEqual([
        key,
        ordered.map((_, place) => place + 1),
      ]);
      // 001 of the comprehensive bureau is a landmark's, and decided some days into the year.
      const days = ordered
        .slice(key.startsWith('COMPREHENSIVE 嵊综执罚决字〔2026') ? 1 : 0)
        .map(({ day }) => day);
      expect(days).toEqual([...days].sort());
    }
  });

  it('sends two officers of the department, both certified that day', () => {
    for (const each of [...inspections, ...cases]) {
      const date = 'date' in each ? each.date : (each.decidedAt ?? each.filedAt);
      const officers = each.officers.map((index) => world.officers[index]);
      expect(new Set(each.officers).size).toBeGreaterThanOrEqual(2);
      expect(officers.filter((officer) => officer?.department !== each.department)).toEqual([]);
      expect(officers.filter((officer) => (officer?.certValidTo ?? '') < date)).toEqual([]);
    }
  });

  it('links a case and the inspection that it came from both ways, about one party', () => {
    const linked = inspections.filter((inspection) => inspection.case !== null);
    expect(linked.length).toBeGreaterThan(100);
    for (const inspection of linked) {
      const followed = cases[inspection.case ?? -1];
      expect(followed?.inspection).toBe(inspection.index);
      expect(followed?.subject).toEqual(inspection.subject);
      expect(followed?.source).toBe('INSPECTION');
      expect(inspection.date <= (followed?.filedAt ?? '')).toBe(true);
      expect(inspection.disposals).toContain('TO_CASE');
      expect(followed?.department.replace('YANGSHAN_TOWN', 'COMPREHENSIVE')).toBe(inspection.department);
    }
    for (const { inspection, index } of cases) {
      if (inspection !== null) expect(inspections[inspection]?.case).toBe(index);
    }
  });

  it('visits nobody who does not exist yet or any more', () => {
    const visits: readonly (readonly [SubjectPointer | null, string])[] = [
      ...inspections
        .filter((each) => each.case === null)
        .map(({ subject, date }) => [subject, date] as const),
      ...cases.map(({ subject, filedAt }) => [subject, filedAt] as const),
    ];
    for (const [subject, date] of visits) {
      if (subject?.kind !== 'organisation') continue;
      const { established = '', cancelledAt = null } = world.organisations[subject.index] ?? {};
      expect(established <= date && (cancelledAt === null || date < cancelledAt)).toBe(true);
    }
  });

  it('keeps the records of every department in its own system', () => {
    const own = [
      'MARKET',
      'MARINE',
      'HEALTH',
      'ENVIRONMENT',
      'TRANSPORT',
      'AGRICULTURE',
      'COMPREHENSIVE',
      'EMERGENCY',
    ];
    const ownCases = ['MARKET', 'MARINE', 'TRANSPORT', 'PLANNING'];
    const system = (departments: readonly string[], department: string, platform: string) =>
      departments.includes(department) ? department.toLowerCase() : platform;
    expect(
      inspections.filter(({ heldBy, department }) => heldBy !== system(own, department, 'supervision')),
    ).toEqual([]);
    const isOld = ({ filedAt }: PenaltyCase) => daysBetween(filedAt, world.today) > OLD_CASE_DAYS;
    const bodies = ['COMPREHENSIVE', 'YANGSHAN_TOWN'];
    const platformOf = (filed: PenaltyCase) =>
      bodies.includes(filed.department) && isOld(filed) ? 'comprehensive' : 'cases';
    expect(
      cases.filter((filed) => filed.heldBy !== system(ownCases, filed.department, platformOf(filed))),
    ).toEqual([]);
    expect(subjectKinds(inspections, 'market')).toEqual(['organisation']);
    expect(subjectKinds(inspections, 'marine')).toEqual(['none', 'vessel']);
    expect(subjectKinds(inspections, 'health')).toEqual(['organisation', 'person']);
    expect(subjectKinds(inspections, 'supervision')).toEqual(['organisation', 'person', 'vessel']);
    expect(subjectKinds(inspections, 'transport')).toEqual(['none', 'organisation', 'person', 'vessel']);
    expect(subjectKinds(cases, 'market')).toEqual(['organisation']);
    expect(subjectKinds(cases, 'marine')).toEqual(['vessel']);
    expect(subjectKinds(cases, 'cases')).toEqual(['organisation', 'person']);
    expect(subjectKinds(cases, 'transport')).toEqual(['organisation', 'person']);
  });

  it('sends the squad that covers the township (domain §6.4)', () => {
    for (const { department, township, team } of cases) {
      if (department === 'YANGSHAN_TOWN') {
        expect([township, team]).toEqual(['330922102', '洋山镇综合行政执法队']);
      }
      if (department === 'COMPREHENSIVE' && ['330922101', '330922202', '330922203'].includes(township)) {
        expect(team).toBe('嵊山中队');
      }
    }
    expect(cases.some(({ department }) => department === 'YANGSHAN_TOWN')).toBe(true);
  });

  it('joins joint checks of two departments on one subject and day', () => {
    const joint = inspections.filter(({ jointCheck }) => jointCheck);
    expect(joint.length).toBeGreaterThan(20);
    const groups = new Map<string, Set<string>>();
    for (const { subject, date, department, kind } of joint) {
      expect(kind).toBe('JOINT');
      const key = `${subject?.kind}${subject?.index} ${date}`;
      groups.set(key, (groups.get(key) ?? new Set()).add(department));
    }
    expect([...groups].filter(([, departments]) => departments.size < 2)).toEqual([]);
  });

  it('has licences that run on, ended, were cancelled and never end', () => {
    const expired = ({ validTo }: { validTo: string | null }) => validTo !== null && validTo < world.today;
    expect(
      world.licences.filter(({ validFrom, validTo }) => validTo !== null && validFrom >= validTo),
    ).toEqual([]);
    expect(world.licences.some((licence) => licence.state === 'VALID' && expired(licence))).toBe(true);
    expect(world.licences.some((licence) => licence.state === 'CANCELLED' && expired(licence))).toBe(true);
    expect(world.licences.some(({ validTo }) => validTo === null)).toBe(true);
    expect(new Set(world.licences.map(({ department }) => department))).toEqual(
      new Set([
        'MARINE',
        'MARKET',
        'CULTURE',
        'HEALTH',
        'ENVIRONMENT',
        'TRANSPORT',
        'AGRICULTURE',
        'EMERGENCY',
        'PLANNING',
      ]),
    );
  });

  it('is the same again from the same seed, and another from another', () => {
    const print = fingerprint(world);
    expect(fingerprint(generateWorld({ seed, size: 'small' }))).toBe(print);
    expect(fingerprint(generateWorld({ seed: seed + 1, size: 'small' }))).not.toBe(print);
  });
});

function subjectKinds(list: readonly (Inspection | PenaltyCase)[], heldBy: string): readonly string[] {
  return [
    ...new Set(list.filter((each) => each.heldBy === heldBy).map(({ subject }) => subject?.kind ?? 'none')),
  ].sort();
}

function expectStage({
  stage,
  decidedAt,
  servedAt,
  decisionNo,
  fine,
  paid,
  closedAt,
  publication,
}: PenaltyCase): void {
  if (UNDECIDED.includes(stage))
    expect([decidedAt, decisionNo, fine, closedAt]).toEqual([null, null, null, null]);
  if (DECIDED.includes(stage)) {
    expect([decidedAt, decisionNo, fine]).not.toContain(null);
    expect(['WITHDRAWN']).not.toContain(publication);
  }
  if (stage === 'SERVED' || stage === 'EXECUTING') expect(servedAt).not.toBeNull();
  if (stage === 'CLOSED') expect([closedAt !== null, paid]).toEqual([true, fine]);
}

describe('generateWorld()', () => {
  const sizes: readonly [DemoSize, number, number, number, number][] = [
    ['tiny', 42, 20, 250, 60],
    ['small', 330, 150, 3_000, 400],
    ['county', 4_500, 1_500, 30_000, 4_000],
  ];
  it.each(sizes)('makes a world of size %s', (size, organisations, vessels, inspections, cases) => {
    const world = generateWorld({ seed: 5, size });
    expect(world.organisations.length).toBe(organisations);
    expect(world.vessels.length).toBe(vessels);
    expect([...world.inspections].length).toBe(inspections);
    expect([...world.cases].length).toBe(cases);
  });

  it.each([
    ['HEALTH', 'health', 'supervision'],
    ['ENVIRONMENT', 'environment', 'supervision'],
    ['MARINE', 'marine', 'marine'],
    ['TRANSPORT', 'transport', 'supervision'],
    ['COMPREHENSIVE', 'comprehensive', 'supervision'],
    ['EMERGENCY', 'emergency', 'supervision'],
    ['FIRE_RESCUE', 'supervision', 'supervision'],
  ])('leaves checks of %s to %s, in a province to %s', (name, ofCounty, ofProvince) => {
    const department = departmentOf(name);
    expect(systemOfInspections(department, 'county')).toBe(ofCounty);
    expect(systemOfInspections(department, 'province')).toBe(ofProvince);
  });

  it('leaves the bureau and the town their cases of long ago, but for a province', () => {
    const bodies = ['COMPREHENSIVE', 'YANGSHAN_TOWN', 'CULTURE'].map(departmentOf);
    const held = (size: DemoSize, days: number) => bodies.map((body) => systemOfCases(body, size, days));
    expect(held('tiny', OLD_CASE_DAYS)).toEqual(['cases', 'cases', 'cases']);
    expect(held('tiny', OLD_CASE_DAYS + 1)).toEqual(['comprehensive', 'comprehensive', 'cases']);
    expect(held('province', OLD_CASE_DAYS + 1)).toEqual(['cases', 'cases', 'cases']);
  });

  it('leaves cases of the planning bureau to the platform in a province', () => {
    const planning = departmentOf('PLANNING');
    expect(systemOfCases(planning, 'province', 0)).toBe('cases');
    expect(systemOfCases(planning, 'county', 0)).toBe('planning');
    expect(systemOfCases(departmentOf('MARKET'), 'province', 0)).toBe('market');
  });

  it('has 3,000 firms in a county', () => {
    const firms = generateWorld({ seed: 5, size: 'county' }).organisations.filter(
      ({ kind }) => kind === 'ORGANISATION',
    );
    expect(Math.abs(firms.length - 3000)).toBeLessThan(30);
  });

  it('never dates anything after another today, and finds its landmarks there', () => {
    const world = generateWorld({ seed: 3, size: 'tiny', today: '2024-02-10' });
    const [first] = world.cases;
    expect(world.today).toBe('2024-02-10');
    expect([...world.inspections].filter(({ date }) => date > world.today)).toEqual([]);
    expect(first?.decisionNo).toBe('嵊综执罚决字〔2023〕第001号');
  });

  it('refuses a day that is none, a seed that is not whole and a today too early', () => {
    expect(() => generateWorld({ seed: 1, size: 'tiny', today: '2026-6-30' })).toThrow("'2026-6-30'");
    expect(() => generateWorld({ seed: 1, size: 'tiny', today: '2026-02-30' })).toThrow("'2026-02-30'");
    expect(() => generateWorld({ seed: 1.5, size: 'tiny' })).toThrow('1.5');
    expect(() => generateWorld({ seed: 1, size: 'tiny', today: '2019-01-01' })).toThrow('2021-01-01');
  });
});
