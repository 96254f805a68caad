import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { CommandFailure, EXIT } from '../exit-code.js';
import { jsonObject } from './arguments.js';
import { DEFAULT_URL, serviceUrl, TOKEN_VARIABLE, tokenOf } from './asked-gateway.js';
import { EXPORT_CHARSETS, EXPORT_FORMATS, type ExportOptions } from './verb-bodies.js';
import type { VerbDeps } from './verb-deps.js';

interface Given {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operation?: string;
  readonly format?: ExportOptions['format'];
  readonly charset: ExportOptions['charset'];
  readonly out?: string;
  readonly after?: string;
  readonly url: URL;
  readonly purpose?: string;
}

export function registerExport(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('export')
    .summary('export every row of a list as CSV, XLSX or NDJSON')
    .description(
      'Asks a running gateway for every row of the one list of a query, and tells its progress. Exits with 1 when ' +
        'something is missing to the end, with 3 when the export stopped before its end. The token of whoever exports ' +
        `stands in the variable ${TOKEN_VARIABLE}.`,
    )
    .argument('[file]', 'file that holds the query; - is the standard input')
    .option('-q, --query <text>', 'the query itself')
    .option('--variables <json>', 'variables of the query, a JSON object', jsonObject)
    .option('--operation <name>', 'which operation of the query is meant')
    .addOption(
      new Option(
        '-f, --format <format>',
        'default: by the ending of --out, else csv; xlsx has a second sheet on what is missing',
      ).choices(EXPORT_FORMATS),
    )
    .addOption(new Option('--charset <charset>', 'of csv').choices(EXPORT_CHARSETS).default('utf-8'))
    .option('-o, --out <file>', 'file to write (default: the standard output)')
    .option('--after <cursor>', 'go on from the cursor with which another export ended')
    .option('--purpose <code>', 'legal matter for which personal data is exported')
    .option('--url <url>', 'where the gateway serves', serviceUrl, DEFAULT_URL)
    .action(async (file: string | undefined, given: Given) =>
      finish(await bodies.export(decode(file, given, io.environment))),
    );
}

function decode(file: string | undefined, given: Given, environment: NodeJS.ProcessEnv): ExportOptions {
  if ((file === undefined) === (given.query === undefined)) {
    throw new CommandFailure(
      EXIT.usage,
      '请给出查询文件或 --query，二者取一。Cannot export: either a file with the query or --query must be given.',
    );
  }
  return {
    url: given.url,
    query: file === undefined ? { text: given.query ?? '' } : { file },
    variables: given.variables ?? {},
    operationName: given.operation ?? null,
    format: given.format ?? formatOf(given.out),
    charset: given.charset,
    outFile: given.out ?? null,
    after: given.after ?? null,
    token: tokenOf(environment),
    purpose: given.purpose ?? null,
  };
}

function formatOf(out = ''): ExportOptions['format'] {
  const ending = extname(out).slice(1).toLowerCase();
  if (ending === 'jsonl') return 'ndjson';
  return EXPORT_FORMATS.find((format) => format === ending) ?? 'csv';
}
