import { createHmac } from 'node:crypto';
import { generateWorld } from '../world/generate-world.js';
import { casesOf, inspectionsOf } from './by-subject.js';
import { canonicalId } from './canonical-id.js';
import { countInspections } from './counts.js';
import { everythingKnown } from './q01-everything-known.js';
import { whoIsIt } from './q02-who-is-it.js';
import { vesselFacts } from './q03-vessel.js';
import { caseByNumber } from './q04-case-by-number.js';
import { jointCheckCandidates } from './q06-joint-check-candidates.js';
import { penalisedByMany } from './q10-penalised-by-many.js';
import { caseClocks } from './q12-case-clock.js';
import { repeatVisits } from './q15-repeat-visits.js';
import { finesByQuarter } from './q21-fines-by-quarter.js';
import { handMadeWorld, organisation, person, vessel } from './testing/hand-made-world.js';

const personKey = 'key';
const options = { personKey };
const unpaid = { department: 'MARKET', stage: 'EXECUTING', paid: '400.00', closedAt: null } as const;

describe('canonicalId()', () => {
  it('takes the strongest number', () => {
    const world = handMadeWorld({ organisations: [{}, { uscc: null }], vessels: [{}], persons: [{}] });
    const hash = createHmac('sm3', personKey).update('330922198001010009').digest('hex');
    expect(
      [organisation(0), organisation(1), vessel(0), person(0)].map((each) =>
        canonicalId(world, each, personKey),
      ),
    ).toEqual([...['uscc:USCC0', 'regno:REG1', 'vessel:CODE0', `person:${hash}`]]);
    expect(() => canonicalId(world, vessel(1), personKey)).toThrow('below 1');
  });
});

describe('question 1', () => {
  const world = handMadeWorld({
    organisations: [{ formerUsccs: ['OLD'] }, {}],
    vessels: [{}, { owners: [{ subject: organisation(1), share: '1' }] }],
    licences: [
      { department: 'MARKET', type: 'FOOD_TRADE', holder: organisation(0), validTo: '2026-01-01' },
      {},
    ],
    inspections: [{ date: '2025-01-01' }, { subject: organisation(1) }, { results: [] }],
    cases: [{ inspection: 2 }, { subject: organisation(1) }],
  });

  it('collects what is about the subject, newest first, and nothing else', () => {
    expect(everythingKnown(world, 'USCC0', options)).toMatchObject({
      ...{ id: 'uscc:USCC0', kind: 'ORGANISATION', industry: 'A0412', owned: ['vessel:CODE0'] },
      licences: [{ number: 'L0', expired: true }],
      inspections: [{ number: 'I2', results: ['UNKNOWN'] }, { number: 'I0' }],
      cases: [{ caseCode: 'C0', inspection: 'I2', unpaid: false, elapsedDays: 50 }],
    });
    expect(inspectionsOf(world, organisation(1)).map(({ number }) => number)).toEqual(['I1']);
    expect(casesOf(world, organisation(1)).map(({ caseCode }) => caseCode)).toEqual(['C1']);
  });

  it('finds a subject by a code that it had, and nobody by one that nobody had', () => {
    expect(everythingKnown(world, 'OLD', options)?.id).toBe('uscc:USCC0');
    expect(everythingKnown(world, 'NONE', options)).toBeNull();
  });
});

describe('question 2', () => {
  const world = handMadeWorld({
    organisations: [
      { name: '嵊泗县海晏渔业有限公司', formerNames: ['海晏渔业合作社'], formerUsccs: ['OLD'] },
      { name: '嵊泗县海晏渔业冷冻厂', uscc: null },
    ],
    vessels: [
      {},
      { name: '浙嵊渔90031', vesselCode: 'V1' },
      { name: '浙嵊渔90031', vesselCode: 'V2', formerNames: ['浙嵊渔90055'] },
    ],
  });
  it.each([
    ['USCC0', [['uscc:USCC0', 'EXACT']]],
    ['PRIPID0', [['uscc:USCC0', 'EXACT']]],
    ['REG0', [['uscc:USCC0', 'ALIAS']]],
    ['REG1', [['regno:REG1', 'EXACT']]],
    ['OLD', [['uscc:USCC0', 'ALIAS']]],
    ['海晏渔业合作社', [['uscc:USCC0', 'ALIAS']]],
    [
      '海晏渔业',
      [
        ['regno:REG1', 'NAME'],
        ['uscc:USCC0', 'NAME'],
      ],
    ],
    ['浙嵊渔90000', [['vessel:CODE0', 'EXACT']]],
    [
      '浙嵊渔90031',
      [
        ['vessel:V1', 'NAME'],
        ['vessel:V2', 'NAME'],
      ],
    ],
    ['浙嵊渔90055', [['vessel:V2', 'ALIAS']]],
    ['海', []],
  ])('knows %s', (text, expected) => {
    expect(whoIsIt(world, text, options).map(({ id, matchKind }) => [id, matchKind])).toEqual(expected);
  });
});

describe('question 3', () => {
  it('tells certificates, owners and inspections, and does not guess between two of one name', () => {
    const owners = [organisation(0), person(0)].map((subject) => ({ subject, share: '1/2' }));
    const world = handMadeWorld({
      organisations: [{}],
      persons: [{}],
      vessels: [{ owners }, { name: 'X' }, { name: 'X' }],
      licences: [{}, { holder: vessel(1) }],
      inspections: [
        { subject: vessel(0) },
        { subject: vessel(0), date: '2026-05-11' },
        { subject: vessel(1) },
      ],
    });
    const facts = vesselFacts(world, '浙嵊渔90000', options);
    expect(facts?.owners).toEqual(
      [person(0), organisation(0)].map((each) => canonicalId(world, each, personKey)),
    );
    expect(facts?.certificates.map(({ number }) => number)).toEqual(['L0']);
    expect(facts?.inspections.map(({ number }) => number)).toEqual(['I1', 'I0']);
    expect(vesselFacts(world, 'CODE1', options)?.id).toBe('vessel:CODE1');
    expect(vesselFacts(world, 'X', options)).toBeNull();
  });
});

describe('question 4', () => {
  const world = handMadeWorld({
    organisations: [{}],
    cases: [
      {},
      { decisionNo: '嵊市监处罚〔2026〕1号' },
      { decisionNo: '嵊综执罚决字〔2025〕第001号' },
      { decisionNo: null },
    ],
  });
  it.each([
    '嵊综执罚决字〔2026〕第001号',
    '嵊综执罚决字[2026]第1号',
    '嵊综执罚决字（２０２６）１号',
    ' 嵊综执罚决字【2026】 第 01 号 ',
    'C0',
  ])('finds %s', (typed) => {
    expect(caseByNumber(world, typed, options).map(({ caseCode }) => caseCode)).toEqual(['C0']);
  });
  it.each(['嵊综执罚决字〔2026〕第010号', '嵊综执罚决字〔2024〕第001号', '综执罚决字〔2026〕第001号', ''])(
    'does not find %s',
    (typed) => {
      expect(caseByNumber(world, typed, options)).toEqual([]);
    },
  );
});

describe('question 6', () => {
  const period = { personKey, from: '2026-01-01', to: '2026-06-30' };
  const found = {
    organisations: [{}],
    vessels: [{}],
    licences: [{ validTo: '2026-01-01' }],
    cases: [unpaid, unpaid],
    inspections: [
      { subject: vessel(0), department: 'MARINE', date: '2026-05-31' },
      { subject: vessel(0), department: 'TRANSPORT', date: '2026-05-01' },
      { subject: vessel(0), department: 'HEALTH', date: '2025-12-31' },
    ],
  } as const;

  it('finds a vessel with all three', () => {
    expect(jointCheckCandidates(handMadeWorld(found), period)).toEqual([
      {
        id: 'vessel:CODE0',
        name: '浙嵊渔90000',
        owners: ['uscc:USCC0'],
        unpaidAmount: '1200.00',
        expired: ['L0'],
        months: [{ month: '2026-05', departments: ['MARINE', 'TRANSPORT'] }],
        inspections: ['I0', 'I1'],
      },
    ]);
  });

  const [first, second] = found.inspections;
  it.each([
    ['two months', { inspections: [first, { ...second, date: '2026-04-30' }] }],
    ['one department', { inspections: [first, { ...second, department: 'MARINE' }] }],
    [
      'inspections before the period',
      { inspections: [first, second].map((each) => ({ ...each, date: '2025-12-31' })) },
    ],
    ['valid certificates', { licences: [{}] }],
    ['a withdrawn certificate', { licences: [{ validTo: '2026-01-01', state: 'WITHDRAWN' }] }],
    ['a paid fine', { cases: [{ ...unpaid, paid: '1000.00' }] }],
    ['a fine of another department', { cases: [{ ...unpaid, department: 'HEALTH' }] }],
    ['a fine of somebody else', { cases: [{ ...unpaid, subject: vessel(0) }] }],
  ])('leaves out a vessel with %s', (_label, part) => {
    expect(jointCheckCandidates(handMadeWorld({ ...found, ...part }), period)).toEqual([]);
  });
});

describe('question 10', () => {
  it('counts departments of decisions within 24 months', () => {
    const by = (department: string, decidedAt: string | null, index = 0) => ({
      department,
      decidedAt,
      subject: organisation(index),
    });
    const world = handMadeWorld({
      organisations: [{}, {}, {}],
      cases: [
        ...[
          by('MARKET', '2024-06-30'),
          by('HEALTH', '2026-06-30'),
          by('CULTURE', '2025-01-01'),
          by('CULTURE', '2025-01-02'),
        ],
        ...[by('MARKET', '2024-06-29', 1), by('HEALTH', '2025-01-01', 1), by('CULTURE', '2025-01-01', 1)],
        ...[by('MARKET', null, 2), by('HEALTH', '2025-01-01', 2), by('CULTURE', '2025-01-01', 2)],
      ],
    });
    expect(penalisedByMany(world, options)).toEqual([
      { id: 'uscc:USCC0', departments: ['CULTURE', 'HEALTH', 'MARKET'], cases: 4, totalFine: '4000.00' },
    ]);
  });
});

describe('question 12', () => {
  it('lists what is on file for more than 60 days and undecided, oldest first', () => {
    const open = { stage: 'NOTICE', decidedAt: null, closedAt: null } as const;
    const world = handMadeWorld({
      organisations: [{}],
      cases: [
        { ...open, filedAt: '2026-05-01' },
        { ...open, filedAt: '2026-04-30' },
        { ...open, filedAt: '2026-03-01', team: '洋山中队' },
        { ...open, filedAt: '2026-03-01', stage: 'SUSPENDED' },
        { filedAt: '2026-01-01' },
      ],
    });
    expect(caseClocks(world)).toEqual([
      expect.objectContaining({ caseCode: 'C2', team: '洋山中队', elapsedDays: 121, remainingDays: -31 }),
      expect.objectContaining({ caseCode: 'C1', elapsedDays: 61, remainingDays: 29 }),
    ]);
  });
});

describe('question 15', () => {
  it('counts subjects visited by two departments within 30 days, joint checks left out', () => {
    const visit = (index: number, department: string, date: string, more = {}) => ({
      subject: organisation(index),
      department,
      date,
      ...more,
    });
    const world = handMadeWorld({
      organisations: [{}, {}, {}, { industry: 'H6130' }],
      vessels: [{}],
      inspections: [
        ...[visit(0, 'MARKET', '2026-03-01'), visit(0, 'HEALTH', '2026-03-31')],
        ...[
          visit(1, 'MARKET', '2026-03-01'),
          visit(1, 'HEALTH', '2026-04-01'),
          visit(1, 'MARKET', '2026-03-31'),
        ],
        ...[visit(2, 'MARKET', '2026-03-01'), visit(2, 'MARKET', '2026-03-02')],
        ...[
          visit(3, 'MARKET', '2026-03-01'),
          visit(3, 'HEALTH', '2026-03-01', { jointCheck: true, kind: 'JOINT' }),
        ],
        { subject: vessel(0) },
        { subject: null },
      ],
    });
    expect(repeatVisits(world)).toEqual([
      { key: 'A0412', subjects: 3, repeated: 2, visits: 7, repeatRate: 2 / 3 },
      { key: 'H6130', subjects: 1, repeated: 0, visits: 1, repeatRate: 0 },
      { key: null, subjects: 1, repeated: 0, visits: 1, repeatRate: 0 },
    ]);
    expect(repeatVisits(world, { withinDays: 0 }).map(({ repeated }) => repeated)).toEqual([0, 0, 0]);
    expect(repeatVisits(world, { from: '2026-03-31' }).map(({ visits }) => visits)).toEqual([3, 1]);
  });
});

describe('question 21', () => {
  it('adds up by department and quarter of the decision', () => {
    const world = handMadeWorld({
      organisations: [{}],
      cases: [
        { fine: '0.10' },
        { fine: '0.20', paid: null },
        { ...unpaid, decidedAt: '2026-03-31' },
        { ...unpaid, decidedAt: '2026-04-01', servedAt: '2026-06-29' },
        { decidedAt: null },
      ],
    });
    expect(finesByQuarter(world)).toEqual([
      {
        department: 'COMPREHENSIVE',
        quarter: '2026-Q1',
        count: 2,
        fine: '0.30',
        paid: '1000.00',
        overdue: '0.00',
      },
      {
        department: 'MARKET',
        quarter: '2026-Q1',
        count: 1,
        fine: '1000.00',
        paid: '400.00',
        overdue: '600.00',
      },
      {
        department: 'MARKET',
        quarter: '2026-Q2',
        count: 1,
        fine: '1000.00',
        paid: '400.00',
        overdue: '0.00',
      },
    ]);
  });
});

describe('countInspections()', () => {
  it('counts by dimensions in their order', () => {
    const world = handMadeWorld({
      organisations: [{}],
      vessels: [{}],
      inspections: [
        {},
        { date: '2026-04-01' },
        { subject: vessel(0) },
        { subject: null, department: 'MARINE' },
      ],
    });
    expect(countInspections(world, ['DEPARTMENT', 'MONTH'])).toEqual([
      { key: ['COMPREHENSIVE', '2026-04'], count: 1 },
      { key: ['COMPREHENSIVE', '2026-05'], count: 2 },
      { key: ['MARINE', '2026-05'], count: 1 },
    ]);
    expect(countInspections(world, ['SUBJECT_KIND'], ({ date }) => date > '2026-05')).toEqual([
      { key: ['ORGANISATION'], count: 1 },
      { key: ['VESSEL'], count: 1 },
      { key: [null], count: 1 },
    ]);
  });
});

describe.each([1, 2, 3])('a generated county, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'small' });

  it('gives every question something to find, and some that it must not', () => {
    const candidates = jointCheckCandidates(world, { personKey, from: '2026-01-01', to: world.today });
    const certain = [0, 7, 8].map((index) => canonicalId(world, vessel(index), personKey));
    expect(candidates.map(({ id }) => id)).toEqual(expect.arrayContaining(certain));
    // All its certificates are valid.
    expect(candidates.map(({ id }) => id)).not.toContain(canonicalId(world, vessel(10), personKey));
    expect(candidates.length).toBeLessThan(world.vessels.length / 2);
    const many = penalisedByMany(world, options);
    expect(many.length).toBeGreaterThanOrEqual(3);
    expect(many.map(({ id }) => id)).toContain('uscc:91330922MA28K00156');
    expect(caseClocks(world).length).toBeGreaterThanOrEqual(3);
    expect(repeatVisits(world).some(({ repeated, subjects }) => repeated > 0 && repeated < subjects)).toBe(
      true,
    );
    expect(finesByQuarter(world).some(({ overdue }) => overdue !== '0.00')).toBe(true);
    expect(caseByNumber(world, '嵊综执罚决字[2026]1号', options)).toHaveLength(1);
    expect(whoIsIt(world, '海晏渔业', options)).toContainEqual({
      id: 'uscc:91330922MA28K00156',
      matchKind: 'NAME',
    });
    const known = everythingKnown(world, '91330922MA28K00156', options);
    expect(known?.owned).toContain('vessel:3309222008060012');
    expect(known?.cases.some((each) => each.unpaid)).toBe(true);
  });
});
