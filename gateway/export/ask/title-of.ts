/** More characters are a sentence, no title. */
const LONGEST_TITLE = 24;
const CHINESE = /\p{Script=Han}/u;

/** The Chinese title with which a description begins: `检查结果；多项时取最重. The gravest …` → `检查结果`; null: there is none. */
export function titleOf(description: string | null): string | null {
  const [title = ''] = (description ?? '').trim().split(/[.。；;，,：:（(\n]/u, 1);
  const text = title.trim();
  return CHINESE.test(text) && text.length <= LONGEST_TITLE ? text : null;
}
