import { type InputObjectTypeDefinitionNode, parse } from 'graphql';
import type { DepartmentFiles } from '../engine/department.js';
import { parseMapping } from '../engine/mapping/parse-mapping.js';
import { facetFiltersSdl } from './facet-filters.js';

const OWN = `enum LicenceState { VALID }
input SubjectFilter { id: [ID!] cases: CaseClause }
input CaseClause { some: Boolean }
`;

const SDL = `type Subject @key(fields: "id") {
  id: ID!
  "消防信息. Fire safety."
  fire: FireSubject
  "与清单同名. Called like a list."
  cases: FireSubject
}
type FireSubject {
  "消防等级. The class that is in force."
  rating: FireRating
  alarms(first: Int): [FireAlarm!]
}
enum FireClass { "高. High." HIGH LOW UNKNOWN }
type FireRating { class: FireClass state: LicenceState permitNo: String at: Coordinates score: Decimal not: String quality: [String!] }
type Coordinates { longitude: Decimal }
type FireAlarm { on: Date callers: [String!] tested: Boolean times: Int heardAt: DateTime }
`;

function mapping(facet: string, fields: string, more = '') {
  const text = `interface: fire.one
title: 一
owner: { department: fire, contact: c }
facet: ${facet}
source: { connection: c, table: t }
key: [k]
subject: [{ scheme: uscc, column: k }]
fields:
${fields}
${more}`;
  const parsed = parseMapping(text, 'one.yaml');
  if (parsed.kind !== 'mapping') throw new Error(JSON.stringify(parsed.problems));
  return parsed.mapping;
}

const RATING = mapping(
  'Subject.fire.rating',
  `  class: { column: c, type: Code, codes: fire/class, classification: L1 }
  state: { column: s, type: Code, codes: fire/state, classification: L2 }
  permitNo: { column: p, type: DocumentNumber, classification: L1 }
  score: { column: d, type: Decimal, classification: L3 }
  not: { column: n, classification: L1 }
  hidden: { column: h, classification: L1 }`,
  'limits: { callPrice: 30 }',
);
const ALARMS = mapping(
  'Subject.fire.alarms',
  `  on: { column: o, type: Date, classification: L1 }
  callers: { column: c, type: Texts, split: ",", classification: L1 }
  tested: { column: t, type: Boolean, truths: ["1"], classification: L1 }
  times: { column: n, type: Integer, classification: L1 }
  heardAt: { column: a, type: DateTime, classification: L1 }`,
  'snapshot: { every: 5m, staleFor: 24h }',
);

function department(sdl: string, ...mappings: DepartmentFiles['mappings']): DepartmentFiles {
  const document = parse(sdl, { noLocation: true });
  return { name: 'fire', sdl, document, mappings, broken: [], sdlProblems: [], problems: [] };
}

/** Inputs of a type with their types and directives, as written. */
function inputsOf(text: string, type: string): readonly string[] {
  const node = parse(text).definitions.find(
    (one): one is InputObjectTypeDefinitionNode =>
      (one.kind === 'InputObjectTypeDefinition' || (one.kind as string) === 'InputObjectTypeExtension') &&
      (one as InputObjectTypeDefinitionNode).name.value === type,
  );
  return (node?.fields ?? []).map(({ name, type: own, directives = [] }) => {
    const end = directives.at(-1)?.loc?.end ?? own.loc?.end;
    return text.slice(name.loc?.start, end);
  });
}

describe('facetFiltersSdl()', () => {
  const sdl = facetFiltersSdl([department(SDL, RATING, ALARMS)], OWN);

  it('offers each field by its type, at its level, as a kind does', () => {
    expect(inputsOf(sdl, 'SubjectFireRatingFilter')).toEqual([
      'and: [SubjectFireRatingFilter!]',
      'or: [SubjectFireRatingFilter!]',
      'not: SubjectFireRatingFilter',
      'class: [FireClass!]',
      'classPresent: Boolean',
      'state: [LicenceState!] @tag(name: "L2")',
      'statePresent: Boolean @tag(name: "L2")',
      'permitNo: String',
      'permitNoIn: [String!]',
      'permitNoPresent: Boolean',
      'score: DecimalRange @tag(name: "L3")',
      'scorePresent: Boolean @tag(name: "L3")',
      'notContains: String',
      'notStartsWith: String',
      'notPresent: Boolean',
    ]);
    expect(inputsOf(sdl, 'SubjectFireAlarmsFilter').slice(3)).toEqual([
      'on: DateRange',
      'onPresent: Boolean',
      'callers: [String!]',
      'callersPresent: Boolean',
      'tested: Boolean',
      'testedPresent: Boolean',
      'times: IntRange',
      'timesPresent: Boolean',
      'heardAt: DateTimeRange',
      'heardAtPresent: Boolean',
    ]);
  });

  it('counts rows of a list, and prices what calls a source', () => {
    expect(inputsOf(sdl, 'SubjectFireAlarmsClause')).toEqual([
      'where: SubjectFireAlarmsFilter',
      'count: IntRange',
      'some: Boolean',
      'none: Boolean',
    ]);
    expect(inputsOf(sdl, 'SubjectFireRatingClause')).toEqual([
      'where: SubjectFireRatingFilter',
      'some: Boolean',
      'none: Boolean',
    ]);
    expect(inputsOf(sdl, 'SubjectFireFilter')).toEqual([
      'rating: SubjectFireRatingClause @cost(weight: 60)',
      'alarms: SubjectFireAlarmsClause',
    ]);
  });

  it('repeats enums that the hub lacks, each once, with their descriptions', () => {
    expect(sdl.match(/enum \w+/g)).toEqual(['enum FireClass']);
    expect(sdl).toContain('"高. High."');
  });

  it('leaves out what is called like another condition on subjects, and departments that cannot be read', () => {
    const twin = mapping('Subject.cases.rating', '  score: { column: d, type: Decimal, classification: L1 }');
    expect(inputsOf(sdl, 'SubjectFilter')).toEqual(['fire: SubjectFireFilter']);
    expect(facetFiltersSdl([department(SDL, twin)], OWN)).toBe('');
    expect(facetFiltersSdl([{ ...department(SDL, RATING), document: null }], OWN)).toBe('');
    expect(facetFiltersSdl([], OWN)).toBe('');
  });
});
