import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE } from './errors.js';
import { findProjectRoot } from './project-root.js';

describe('docs/errors.md', () => {
  it('lists the catalogue, and nothing else', () => {
    const text = readFileSync(join(findProjectRoot(), 'docs', 'errors.md'), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    const expected = Object.entries(ERROR_CATALOGUE).map(
      ([code, { httpStatus, retryable, message }]) =>
        `| \`${code}\` | ${httpStatus} | ${retryable ? 'yes' : 'no'} | ${message} |`,
    );
    expect(rows).toEqual(expected);
  });
});
