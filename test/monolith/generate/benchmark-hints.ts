import type { ArgumentHint, ArgumentHints, ArgumentPlace } from './generate-arguments.js';

const UPCS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '77'];

const HINTS: Readonly<Record<string, ArgumentHint>> = {
  first: { presence: 0.6, values: [0, 1, 2, 3, 9] },
  upcs: { values: UPCS },
  but: { presence: 0.3, values: UPCS },
  ids: { presence: 0.6, values: ['0', 1, 2, '3', '4', '5', '8', '9', '99', 'c0', 'c2'] },
  id: { values: ['1', 2, '4', '8', '99'] },
  authors: { values: ['1', '2', 3, '4'] },
  text: { values: ['', 'a', 'c', 'Table', 'none', 'c1'] },
  least: { presence: 0.3, values: [0, 15, 30] },
  limit: { presence: 0.5, values: [0, 1, 2, 3] },
  minScore: { values: [0, 2, 4, 9] },
};

export const benchmarkHints: ArgumentHints = ({ name }: ArgumentPlace) => HINTS[name];
