import type { Random } from '../../../demo/random.js';
import { declarationOf } from '../../../subgraphs/kinds/kinds.js';
import { filterInputsOf } from '../../../subgraphs/kinds/surface/filter-inputs.js';
import type { Filter } from '../naive/matches-filter.js';
import type { FieldSamples } from './field-samples.js';
import { filterValue } from './filter-value.js';

const MAX_DEPTH = 3;

/**
 * A filter of up to three levels.
 *
 * @param inputName an input that it holds for certain.
 */
export function generateFilter(random: Random, samples: FieldSamples, inputName: string): Filter {
  const sure = leaf(random, samples, inputName);
  if (random.chance(0.35)) return sure;
  const other = (): Filter => generatePart(random, samples, 1);
  return random.pick<() => Filter>([
    () => ({ ...other(), ...sure }),
    () => ({ and: [sure, other()] }),
    () => ({ or: [sure, other()] }),
    () => ({ not: sure }),
    () => ({ not: { or: [other(), sure] } }),
    () => ({ not: { and: [sure, other()] } }),
    () => ({ ...sure, or: [other(), other()], not: null }),
    () => ({ ...sure, not: other() }),
  ])();
}

function generatePart(random: Random, samples: FieldSamples, depth: number): Filter {
  if (depth >= MAX_DEPTH || random.chance(0.5)) return leaf(random, samples, anyInput(random, samples));
  const parts = (): readonly Filter[] =>
    Array.from({ length: random.int(1, 3) }, () => generatePart(random, samples, depth + 1));
  return random.pick<() => Filter>([
    () => ({ and: parts() }),
    () => ({ or: parts() }),
    () => ({ not: generatePart(random, samples, depth + 1) }),
    () => Object.assign({}, ...parts()) as Filter,
  ])();
}

/** Inputs of a kind's filter by name, `interface` and, where rows are about subjects, `subject` included. */
export function inputNamesOf({ kind }: FieldSamples): readonly string[] {
  const about = declarationOf(kind).subject === null ? [] : ['subject'];
  return [...filterInputsOf(kind).keys(), 'interface', ...about];
}

function anyInput(random: Random, samples: FieldSamples): string {
  return random.pick(inputNamesOf(samples));
}

function leaf(random: Random, samples: FieldSamples, name: string): Filter {
  if (random.chance(0.02)) return { [name]: null };
  if (name === 'interface') {
    const some = Array.from({ length: random.int(1, 2) }, () => random.pick(samples.rows).interface);
    return { interface: [...new Set(some)] };
  }
  if (name === 'subject') return { subject: subjectValue(random, samples) };
  const input = filterInputsOf(samples.kind).get(name);
  if (input === undefined) throw new RangeError(`Cannot filter by ${name}: it must be an input`);
  return { [name]: filterValue(random, samples, input) };
}

/** Some subjects by id, by social credit code or by vessel code. */
function subjectValue(random: Random, { rows }: FieldSamples): Filter | null {
  const known = rows.flatMap(({ subject }) => subject?.id ?? []);
  if (known.length === 0) return null;
  const ids = Array.from({ length: random.int(1, 3) }, () => random.pick(known));
  const of = (prefix: string): readonly string[] | null => {
    const found = ids.flatMap((id) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : []));
    return found.length === 0 ? null : found;
  };
  const [uscc, vesselCode] = [of('uscc:'), of('vessel:')];
  const byNumber = uscc ?? vesselCode;
  return byNumber === null || random.chance(0.5) ? { id: ids } : { uscc, vesselCode };
}
