import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { errorCodeOf } from '../error-code.js';
import type { Problem } from './problem.js';

type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  /** `guess`: what can be made out of the text, never to be used as data. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly guess: string };

/**
 * Reads a text that people write: UTF-8, with or without a byte-order mark.
 *
 * @param file path as it should be shown in messages.
 */
export function readTextFile(path: string, file: string): TextFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = errorCodeOf(error) ?? String(error);
    return failed(
      {
        rule: 'unreadable',
        zh: `无法读取文件（${code}）。`,
        en: `The file must be readable, but is not (${code}).`,
      },
      { file, line: 1, column: 1 },
      '',
    );
  }
  return readTextBytes(bytes, file);
}

/** As `readTextFile`, of a file's bytes. */
export function readTextBytes(bytes: Buffer, file: string): TextFile {
  const line = badLine(bytes);
  if (line === null) return { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) };
  return failed(
    {
      rule: 'not-utf8',
      zh: '文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8。',
      en: 'The file must be UTF-8, but is not (GBK, perhaps): save it as UTF-8.',
    },
    { file, line, column: 1 },
    bytes.toString('utf8'),
  );
}

function failed(
  found: Pick<Problem, 'rule' | 'zh' | 'en'>,
  place: Problem['place'],
  guess: string,
): TextFile {
  return { kind: 'problem', problem: { ...found, severity: 'error', place }, guess };
}

/** The first line that is no UTF-8, from 1; null: all are. */
function badLine(bytes: Buffer): number | null {
  if (isUtf8(bytes)) return null;
  const lines = bytes.toString('latin1').split('\n');
  const index = lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1')));
  return index === -1 ? 1 : index + 1;
}
