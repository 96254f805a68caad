import type { TextSpan } from './scan-xml.js';

/** A document whose long texts are set aside, each with a short mark in its place. */
interface ShortenedXml {
  readonly xml: string;
  /** Puts the texts back where their marks are. */
  restore(text: string): string;
}

/**
 * The parser collects texts character by character, which takes seconds for a document that stands as one text in
 * another; so such texts go round it. The marks are of a character that no XML document holds.
 *
 * @param spans in order.
 */
export function setAsideTexts(xml: string, spans: readonly TextSpan[]): ShortenedXml {
  const pieces: string[] = [];
  let at = 0;
  for (const [index, { from, to }] of spans.entries()) {
    pieces.push(xml.slice(at, from), `\0${index}\0`);
    at = to;
  }
  pieces.push(xml.slice(at));
  return {
    xml: pieces.join(''),
    restore: (text) =>
      text.includes('\0')
        ? text.replace(/\0(\d+)\0/g, (_, index: string) => {
            const span = spans[Number(index)];
            // As the parser does with the texts that it sees.
            return span === undefined ? '' : xml.slice(span.from, span.to).replace(/\r\n?/g, '\n');
          })
        : text,
  };
}
