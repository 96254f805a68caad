/** One sentence in both languages of those who read it. */
export interface Wording {
  readonly zh: string;
  readonly en: string;
}
