import type { Command } from 'commander';
import { ALSO, jsonObject, wholeNumber } from './arguments.js';
import type { VerbDeps } from './verb-deps.js';

const DEFAULT_FIRST = 20;

interface Given {
  readonly where?: Readonly<Record<string, unknown>>;
  readonly first: number;
  readonly config?: string;
  readonly also?: string;
}

export function registerExplain(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('explain')
    .summary('show what a query would ask of a source')
    .description(
      'Prints the SQL (or request) that reading an interface causes, without sending it, and counts the rows that it would cost.',
    )
    .argument('<interface>', 'for example market.inspection')
    .option(
      '-w, --where <json>',
      'filter as in GraphQL, for example \'{"date":{"from":"2026-01-01"}}\'',
      jsonObject,
    )
    .option('--first <n>', 'rows asked for', wholeNumber(1), DEFAULT_FIRST)
    .option('-c, --config <file>', "connections file (default: the demo county's)")
    .option('--also <file>', ALSO)
    .action(async (name: string, { where, first, config, also }: Given) =>
      finish(
        await bodies.explain(
          {
            interface: name,
            where: where ?? null,
            first,
            configFile: config ?? null,
            ...(also !== undefined && { alsoFile: also }),
          },
          io,
        ),
      ),
    );
}
