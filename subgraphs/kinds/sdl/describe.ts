/** A description in SDL, in a block where it spans lines or holds quotes. */
export function describe(words: string, indent = ''): string {
  if (!/[\n"\\]/.test(words)) return `${indent}"${words}"\n`;
  const lines = words.split('\n').map((line) => `${indent}${line}\n`);
  return `${indent}"""\n${lines.join('')}${indent}"""\n`;
}

/** One field or input with its description. */
export function member(words: string | null, text: string): string {
  return `${words === null ? '' : describe(words, '  ')}  ${text}\n`;
}

/** `enum X { … }` with a description for each value. */
export function enumSdl(
  name: string,
  words: string,
  values: Iterable<readonly [name: string, words: string]>,
): string {
  return `${describe(words)}enum ${name} {\n${[...values].map(([value, text]) => member(text, value)).join('')}}\n`;
}
