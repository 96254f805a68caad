import type { Random } from '../../../demo/random.js';
import { filterInputsOf } from '../../../subgraphs/kinds/surface/filter-inputs.js';
import type { Filter } from '../naive/matches-filter.js';
import type { FieldSamples } from './field-samples.js';

/** A filter that has to be refused: a range that ends before it begins or has no ends, a list or a text that is empty. */
export function mistakenFilter(random: Random, { kind }: FieldSamples): Filter {
  const inputs = [...filterInputsOf(kind).values()].flatMap(({ name, operator, type }): readonly Filter[] => {
    switch (operator) {
      case 'dates':
      case 'moments':
        return [{ [name]: { from: '2026-01-02', to: '2026-01-01' } }, { [name]: { from: null } }];
      case 'decimals':
        return [{ [name]: { from: '0.01', to: '0' } }, { [name]: {} }];
      case 'integers':
        return [{ [name]: { gte: 2, lte: 1 } }];
      case 'in':
        return type === '[String!]' ? [{ [name]: [' '] }, { [name]: [] }] : [{ [name]: [] }];
      case 'townships':
        return [{ [name]: ['33092210'] }];
      case 'contains':
      case 'startsWith':
      case 'number':
        return [{ [name]: '' }];
      default:
        return [];
    }
  });
  return random.pick([
    ...inputs,
    { and: [] },
    { or: [] },
    { interface: ['market.nothing'] },
    { subject: {} },
  ]);
}
