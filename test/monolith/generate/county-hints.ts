import { parse } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { Monolith } from '../monolith-of.js';
import type { ArgumentHint, ArgumentHints, Scalar } from './generate-arguments.js';

/**
 * Fields whose values differ from call to call: how long a source took, and cursors, because those of subjects are
 * encrypted anew each time.
 */
const UNSTEADY = new Set([
  'InterfaceCoverage.tookMs',
  'PageInfo.startCursor',
  'PageInfo.endCursor',
  'CaseEdge.cursor',
  'ComplaintEdge.cursor',
  'InspectionEdge.cursor',
  'LicenceEdge.cursor',
  'SubjectEdge.cursor',
]);

/** Asked of the province one by one; it answers so many per minute and no more. */
const RATIONED = new Set([
  'Case.caseDetail',
  'RegisteredSubject.legalPerson',
  'MarineSubject.latestPosition',
]);

/** What leads across departments. */
const CROSSING = new Set(['subject', 'case', 'inspection', 'node', 'nodes', 'edges', 'owners', 'owned']);

export function countyWeight(type: string, field: string): number {
  const path = `${type}.${field}`;
  if (UNSTEADY.has(path)) return 0;
  if (RATIONED.has(path)) return 0.1;
  if (CROSSING.has(field)) return 3;
  // They answer little, and take long.
  if (field.endsWith('Stats') || field === 'repeatVisits') return 0.4;
  return type === 'Subject' || type === 'Query' ? 1.5 : 1;
}

const SAMPLE = parse(`{
  subjects(first: 40) { nodes { id name township industry identifiers } }
  vessels: subjects(first: 10, where: { kind: VESSEL }) { nodes { id name identifiers owners { id } } }
  cases(first: 40) { nodes { caseCode decisionNo team township interface subject { id identifiers } } }
  inspections(first: 40) { nodes { number township interface officers itemCode subject { id identifiers } } }
  licences(first: 40) { nodes { number interface township subject { id identifiers } } }
  complaints(first: 40) { nodes { number interface township } }
}`);

/** What the county holds of one field, wherever it is found. */
function collect(value: unknown, name: string, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) collect(item, name, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (key !== name) collect(member, name, found);
      else for (const text of [member].flat()) if (typeof text === 'string') found.add(text);
    }
  }
  return found;
}

const FROM = ['2024-01-01', '2025-07-01', '2026-01-01'];
const TO = ['2026-01-01', '2026-05-01', '2026-06-30'];
const SIZES = [0, ...Array(12).fill(1), ...Array(20).fill(2), ...Array(7).fill(3), 501];

/** Arguments that mean something in this county, so that answers are not empty. */
export async function readCountyHints(monolith: Monolith, context: CallContext): Promise<ArgumentHints> {
  const { data, errors } = await monolith.execute({ document: SAMPLE, variables: {} }, context);
  if (errors.size > 0) throw new Error(`the county must answer, but fails at ${[...errors].join(', ')}`);
  const held = (name: string): string[] => [...collect(data, name)];
  const numbersOf = (scheme: string): string[] =>
    held('identifiers').flatMap((text) =>
      text.startsWith(`${scheme}:`) ? [text.slice(scheme.length + 1)] : [],
    );
  const often = (values: readonly Scalar[]): ArgumentHint => ({ presence: 0.3, values });
  const rarely = (values: readonly Scalar[]): ArgumentHint => ({ presence: 0.05, values });
  const ids = held('id');
  const byName: Readonly<Record<string, ArgumentHint>> = {
    and: { presence: 0.06 },
    or: { presence: 0.06 },
    not: { presence: 0.06 },
    owner: { presence: 0.06 },
    where: { presence: 0.35 },
    orderBy: { presence: 0.3, fields: 'one', lengths: [1] },
    by: { fields: 'one' },
    subject: { presence: 0.1, fields: 'some' },
    first: { presence: 0.95, values: SIZES },
    last: { presence: 0.01, values: [1, 2] },
    after: { presence: 0.004, values: ['forged'] },
    before: { presence: 0.004, values: ['forged'] },
    id: often(ids),
    uscc: often(numbersOf('uscc')),
    vesselCode: rarely(numbersOf('vessel')),
    vesselName: rarely(['浙嵊渔90007']),
    regNo: rarely(['330922600012345']),
    pripid: rarely(['none']),
    plate: rarely(['浙L12345']),
    township: { presence: 0.1, values: held('township') },
    industry: { presence: 0.1, values: held('industry') },
    number: rarely(held('number')),
    caseCode: rarely(held('caseCode')),
    decisionNo: rarely(held('decisionNo')),
    officer: rarely(held('officers')),
    itemCode: rarely(held('itemCode')),
    team: rarely(held('team')),
    nameContains: rarely(['渔', '海', '有限公司']),
    text: { values: [...held('name').slice(0, 20), ...numbersOf('uscc').slice(0, 5), '海', ''] },
    withinDays: { presence: 0.5, values: [1, 30, 365] },
    inspectedWithinDays: { presence: 0.5, values: [0, 10, 60] },
    workingDays: { presence: 0.7, values: [1, 7, 250, 0] },
  };
  const byType: Readonly<Record<string, ArgumentHint>> = {
    Decimal: { presence: 0.5, values: ['0', '1000', '50000.00'] },
    DateRange: { presence: 0.15, fields: 'some' },
    Int: { presence: 0.4, values: [0, 1, 2, 5] },
  };
  const interfaces: Readonly<Record<string, readonly string[]>> = {
    InspectionFilter: [...collect(Reflect.get(Object(data), 'inspections'), 'interface')],
    CaseFilter: [...collect(Reflect.get(Object(data), 'cases'), 'interface')],
    LicenceFilter: [...collect(Reflect.get(Object(data), 'licences'), 'interface')],
    ComplaintFilter: [...collect(Reflect.get(Object(data), 'complaints'), 'interface')],
  };
  const hintFor: ArgumentHints = ({ owner, name, typeName }) => {
    if (owner === 'SubjectRef' && name === 'id') return { presence: 0.6, values: ids };
    if (name === 'interface') return { presence: 0.1, values: interfaces[owner] ?? [] };
    if (typeName === 'Date') return { presence: 0.5, values: name === 'from' ? FROM : TO };
    return byName[name] ?? byType[typeName] ?? { presence: owner.includes('.') ? 0.3 : 0.1 };
  };
  return (place) => {
    const { values, ...hint } = { lengths: [1, 1, 2, 3], ...hintFor(place) };
    // A county may hold nothing of a kind.
    return { ...hint, ...(values !== undefined && values.length > 0 && { values }) };
  };
}
