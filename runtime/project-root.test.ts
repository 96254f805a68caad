import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectRoot } from './project-root.js';

describe('findProjectRoot()', () => {
  it('finds the folder with package.json from anywhere inside', () => {
    const root = findProjectRoot();
    expect(existsSync(join(root, 'package.json'))).toBe(true);
    expect(findProjectRoot(join(root, 'gateway', 'http'))).toBe(root);
    expect(findProjectRoot(join(root, 'dist', 'runtime'))).toBe(root);
  });

  it('says so outside of any project', () => {
    const outside = mkdtempSync(join(tmpdir(), 'no-project-'));
    try {
      expect(() => findProjectRoot(outside)).toThrow('must hold package.json');
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});
