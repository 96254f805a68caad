import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';

const root = findProjectRoot();
const text = readFileSync(join(root, 'docs', 'operating.md'), 'utf8');

describe('docs/operating.md', () => {
  it('names files that there are', () => {
    const linked = [...text.matchAll(/\]\((\.\.\/[^)#]+)/g)].map(([, path = '']) => path);
    expect(linked.length).toBeGreaterThan(15);
    expect(linked.filter((path) => !existsSync(join(root, 'docs', path)))).toEqual([]);
  });

  it('says how every secret of deploy/config is changed', () => {
    const config = ['connections.yaml', 'gateway.yaml'].map((name) =>
      readFileSync(join(root, 'deploy', 'config', name), 'utf8'),
    );
    const keys = config.flatMap((file) => [...file.matchAll(/run\/secrets\/([a-z]+(?:-[a-z]+)*-key)\b/g)]);
    const camel = (name: string): string =>
      name.replace(/-([a-z])/g, (_, first: string) => first.toUpperCase());
    expect(keys.length).toBeGreaterThan(3);
    const untold = keys.filter(
      ([, name = '']) => !new RegExp(`^\\| \`(${name}|${camel(name)})\` \\|`, 'm').test(text),
    );
    expect(untold.map(([, name]) => name)).toEqual([]);
  });
});
