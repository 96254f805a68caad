import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';

const docs = join(findProjectRoot(), 'docs');
const text = readFileSync(join(docs, 'compliance.md'), 'utf8');
const numbered = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, place) => `${prefix}-${String(place + 1).padStart(2, '0')}`);

describe('docs/compliance.md', () => {
  it('has a row for every requirement', () => {
    const rows = [...text.matchAll(/^\| ([A-Z]+-\d\d) \|/gm)].map(([, id]) => id);
    expect(rows).toEqual([
      ...numbered('MLPS', 18),
      ...numbered('DSL', 5),
      ...numbered('PIPL', 11),
      ...numbered('GM', 5),
      ...numbered('GDS', 11),
      ...numbered('ZJ', 6),
    ]);
  });

  it('names tests that there are', () => {
    const linked = [...text.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, path = '']) => path);
    expect(linked.length).toBeGreaterThan(30);
    expect(linked.filter((path) => !existsSync(join(docs, path)))).toEqual([]);
  });
});
