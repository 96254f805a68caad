/** What no XML 1.0 document holds, not even as a numeric reference: most control characters, halves of pairs, U+FFFE. */
export const NO_XML_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
