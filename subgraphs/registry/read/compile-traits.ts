import type { SubjectTraits } from '../../feed/registry-port.js';
import { nameKey } from '../name-key.js';
import type { Standing } from './standing.js';

/** What a register says besides the name. */
type Trait = Pick<Standing, 'kind' | 'township' | 'industry' | 'state'>;

/** Whether a filter holds of everybody with these traits; null: their names decide. */
export function compileTraits(where: SubjectTraits): (traits: Trait) => boolean | null {
  return compile<Trait>(where, () => null);
}

/** Whether a filter holds of a subject. */
export function compileStanding(where: SubjectTraits): (subject: Standing) => boolean {
  const test = compile<Standing>(where, nameHolds);
  return (subject) => test(subject) === true;
}

/** A name condition, by name keys. */
type NameTest = (key: string) => boolean;

/** Names of persons are not to be searched. */
function nameHolds({ name, kind }: Standing, test: NameTest): boolean {
  return name !== null && kind !== 'PERSON' && test(nameKey(name));
}

type Test<Subject> = (subject: Subject) => boolean | null;

function compile<Subject extends Trait>(
  where: SubjectTraits,
  judgeName: (subject: Subject, test: NameTest) => boolean | null,
): Test<Subject> {
  const part = (one: SubjectTraits): Test<Subject> => compile(one, judgeName);
  const { industryStartsWith: prefix, all = [], any, not } = where;
  return every<Subject>([
    ...isAmong('kind', where.kinds),
    ...isAmong('state', where.states),
    ...isAmong('township', where.townships),
    ...isAmong('industry', where.industries),
    ...(prefix === undefined ? [] : [({ industry }: Trait) => industry?.startsWith(prefix) === true]),
    ...Object.entries(where.present ?? {}).map(([trait, wanted]) => isPresent(trait as keyof Trait, wanted)),
    ...nameTests(where).map((test) => (subject: Subject) => judgeName(subject, test)),
    ...all.map(part),
    ...(any === undefined ? [] : [negated(every(any.map(part).map(negated)))]),
    ...(not === undefined ? [] : [negated(part(not))]),
  ]);
}

/** False where one part is; otherwise null where one part is. */
function every<Subject>(parts: readonly Test<Subject>[]): Test<Subject> {
  return (subject) => {
    let result: boolean | null = true;
    for (const part of parts) {
      const holds = part(subject);
      if (holds === false) return false;
      if (holds === null) result = null;
    }
    return result;
  };
}

function negated<Subject>(test: Test<Subject>): Test<Subject> {
  return (subject) => {
    const holds = test(subject);
    return holds === null ? null : !holds;
  };
}

function isAmong(trait: keyof Trait, values: readonly string[] | undefined): readonly Test<Trait>[] {
  if (values === undefined) return [];
  const wanted = new Set(values);
  return [({ [trait]: value }) => value !== null && wanted.has(value)];
}

function isPresent(trait: keyof Trait, wanted: boolean): Test<Trait> {
  return ({ [trait]: value }) => (value !== null) === wanted;
}

function nameTests({ names, nameContains = [], nameStartsWith }: SubjectTraits): readonly NameTest[] {
  const wanted = names && new Set(names.map(nameKey));
  const prefix = nameStartsWith === undefined ? undefined : nameKey(nameStartsWith);
  return [
    ...(wanted === undefined ? [] : [(key: string) => wanted.has(key)]),
    ...nameContains.map(nameKey).map((word) => (key: string) => key.includes(word)),
    ...(prefix === undefined ? [] : [(key: string) => key.startsWith(prefix)]),
  ];
}
