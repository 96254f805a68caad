import { escapeXml } from '../xml/escape-xml.js';

const PLACEHOLDER = /\{([\p{L}_][\p{L}\p{N}_.-]*)\}/gu;

/** XML with `{placeholders}`; other braces are text. */
export interface Template {
  /** Each once. */
  readonly placeholders: ReadonlySet<string>;
  /**
   * @param valueFor gives each placeholder's value as it is; it is escaped here.
   * @throws {SourceRejected} on a value with a character that XML cannot hold.
   */
  fill(valueFor: (placeholder: string) => string): string;
}

export function compileTemplate(text: string): Template {
  return {
    placeholders: new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name = '']) => name)),
    fill: (valueFor) => text.replace(PLACEHOLDER, (_, name: string) => escapeXml(valueFor(name))),
  };
}
