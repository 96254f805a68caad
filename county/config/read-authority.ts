import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCodeOf } from '../../runtime/error-code.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';

interface AuthorityReading {
  /** The file that names it. */
  readonly file: string;
  /** Takes what cannot be used, with its place. */
  readonly problems: Problem[];
}

/** The certificates in PEM of a file that a setting names, relative to its own; null: it cannot be used. */
export function readAuthorityAt(
  path: readonly string[],
  named: string,
  yaml: PlacedYaml,
  { file, problems }: AuthorityReading,
): string | null {
  const key = path.join('.');
  const refuse = (zh: string, en: string): null => {
    problems.push({ rule: 'invalid-value', severity: 'error', place: yaml.placeOf(path), zh, en });
    return null;
  };
  try {
    const text = readFileSync(resolve(dirname(file), named), 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
    return refuse(
      `“${key}”应为含证书的 PEM 文件，但 ${named} 中没有证书。`,
      `${key} must be a file with certificates in PEM, but ${named} has none.`,
    );
  } catch (error) {
    const reason = errorCodeOf(error) ?? String(error);
    return refuse(
      `“${key}”指向的文件 ${named} 无法读取（${reason}）。`,
      `Cannot use ${key}: the file ${named} must be readable, but is not (${reason}).`,
    );
  }
}
