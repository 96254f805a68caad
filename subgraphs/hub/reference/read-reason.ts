import { badInput } from '../filter/bad-input.js';

const LONGEST_TEXT = 200;

/** What somebody says that is recorded. @throws BAD_USER_INPUT */
export function readReason(argument: string, text: string): string {
  const said = text.trim();
  if (said !== '' && said.length <= LONGEST_TEXT) return said;
  throw badInput(
    argument,
    `须写明，至多 ${LONGEST_TEXT} 字。`,
    `must say why or what, in at most ${LONGEST_TEXT} characters.`,
  );
}
