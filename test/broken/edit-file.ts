import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A change of one file below a root. @throws {Error} when it changes nothing. */
export function edit(file: string, from: string | RegExp, to: string): (root: string) => void {
  return (root) => {
    const text = readFileSync(join(root, file), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`Cannot change ${file}: it must have ${String(from)}`);
    writeFileSync(join(root, file), changed);
  };
}
