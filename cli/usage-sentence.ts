import type { CommanderError } from 'commander';

/** What was wrong with the words of a command line, by the codes of its parser. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['commander.unknownOption', '没有这个选项'],
  ['commander.unknownCommand', '没有这个命令'],
  ['commander.missingArgument', '缺少参数'],
  ['commander.optionMissingArgument', '选项缺少值'],
  ['commander.missingMandatoryOptionValue', '缺少必需的选项'],
  ['commander.excessArguments', '参数过多'],
  ['commander.invalidArgument', '参数的值不合要求'],
  ['commander.conflictingOption', '选项互相冲突'],
]);

/** One sentence, Chinese first; the parser's own words after it. */
export function usageSentence({ code, message }: CommanderError): string {
  const zh = SENTENCES.get(code) ?? '命令有误';
  const words = message
    .split('\n')
    .map((line) => line.trim().replace(/\.?$/, '.'))
    .join(' ');
  return `${zh}（--help 可查看用法）。${words} See --help.`;
}
