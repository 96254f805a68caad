/** A sentence about rows that lists cannot show, or not all of them; null when there are none. */
export function describeKeys(keyless: number, repeatedRows: number, repeatedKeys: number): string | null {
  const sentences = [
    ...(keyless === 0
      ? []
      : [`有 ${keyless} 行缺少主键，未列出。${keyless} rows have no key and are not listed.`]),
    ...(repeatedRows === 0
      ? []
      : [
          `有 ${repeatedRows} 行共用 ${repeatedKeys} 个主键，分页时可能遗漏。${repeatedRows} rows share ${repeatedKeys} keys, and pages may leave some of them out.`,
        ]),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}
