import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE, REFUSAL_CATALOGUE } from './errors.js';
import { findProjectRoot } from './project-root.js';

describe('docs/errors.md', () => {
  it('lists both catalogues, and nothing else', () => {
    const text = readFileSync(join(findProjectRoot(), 'docs', 'errors.md'), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    const all = [...Object.entries(ERROR_CATALOGUE), ...Object.entries(REFUSAL_CATALOGUE)];
    const expected = all.map(
      ([code, { httpStatus, retryable, message }]) =>
        `| \`${code}\` | ${httpStatus} | ${retryable ? 'yes' : 'no'} | ${message} |`,
    );
    expect(rows).toEqual(expected);
  });
});
