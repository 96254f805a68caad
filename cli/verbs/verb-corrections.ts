import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_URL, serviceUrl, TOKEN_VARIABLE, tokenOf } from './asked-gateway.js';
import type { VerbDeps } from './verb-deps.js';

interface GivenCorrections {
  readonly department: string;
  readonly week: string;
  readonly format: 'xlsx' | 'html';
  readonly out: string;
  readonly days?: number;
  readonly config?: string;
  readonly url: URL;
  readonly draft: boolean;
}

export function registerCorrections(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('corrections')
    .summary('write what a department is to put right in its data, as the bulletin of a week')
    .description(
      'Reads the history of what was observed and writes the weekly bulletin (数据校核通报) of a department: what is wrong in which ' +
        'interface, since when, until when it is to be put right in working days, and whether it was. Holds no cell. ' +
        `What is not put right yet is noted as sent by the running gateway, if the variable ${TOKEN_VARIABLE} holds a token.`,
    )
    .requiredOption('--department <name>', 'department as the mappings name it: market')
    .requiredOption('--week <week>', 'week of the year: 2026-W27')
    .addOption(new Option('--format <format>', 'what is written').choices(['xlsx', 'html']).default('xlsx'))
    .requiredOption('-o, --out <file>', 'where')
    .option('--days <count>', 'working days within which it is to be put right (default: 10)', readDays)
    .option('-c, --config <file>', "connections file (default: the demo county's)")
    .option('--url <url>', 'gateway that notes them as sent', serviceUrl, DEFAULT_URL)
    .option('--draft', 'do not note them as sent', false)
    .action(async ({ department, week, format, out, days, config, url, draft }: GivenCorrections) => {
      const token = draft ? null : tokenOf(io.environment);
      finish(
        await bodies.corrections(
          {
            department,
            week,
            format,
            outFile: out,
            workingDays: days ?? null,
            configFile: config ?? null,
            sentBy: token === null ? null : { url, token },
          },
          io,
        ),
      );
    });
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 250) return days;
  throw new InvalidArgumentError('应为 1 至 250 的整数。It must be a whole number from 1 to 250.');
}
