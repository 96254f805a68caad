/** Cuts a text that comes from outside to a length at which it can be shown or logged. */
export function briefText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // A surrogate pair is not cut in half.
  const cut = /[\ud800-\udbff]$/.test(text.slice(0, maxLength)) ? maxLength - 1 : maxLength;
  return `${text.slice(0, cut)}…`;
}

const MAX_QUOTED = 100;

/** A name or value from outside, in quotes, as a part of a sentence. */
export function quoteBriefly(text: string): string {
  return JSON.stringify(briefText(text, MAX_QUOTED));
}
