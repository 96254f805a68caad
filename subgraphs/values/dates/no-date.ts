import { NOTHING, nullFor } from '../quality.js';
import { isNullWord, type NullWords } from '../texts/null-words.js';
import { foldSpelling } from '../texts/spelling.js';
import type { Decoded } from '../value-codec.js';

/** Words for "no end" (D8). They say something true, so they are no defect. */
const OPEN_ENDED = new Set([
  '长期',
  '长期有效',
  '长期至今',
  '永久',
  '永久有效',
  '无期限',
  '无限期',
  '无固定期限',
  '无处罚期限',
  '无有效期',
  '不限',
  '至今',
  '不约定期限',
]);

function isOpenEnded(trimmed: string): boolean {
  return OPEN_ENDED.has(foldSpelling(trimmed));
}

/** What a cell decodes to that is no date at all. */
export function decodeNoDate(trimmed: string, words: NullWords): Decoded<null> {
  if (isOpenEnded(trimmed)) return NOTHING;
  return nullFor(isNullWord(trimmed, words) ? 'NULL_WORD' : 'DATE_UNREADABLE');
}
