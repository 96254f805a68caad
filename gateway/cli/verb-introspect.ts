import type { Command } from 'commander';
import type { VerbDeps } from './verb-deps.js';

export function registerIntrospect(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('introspect')
    .summary('draft a mapping from a live table')
    .description(
      'Looks at a table and prints the draft of a mapping file. Exits with 3 when the source does not answer.',
    )
    .argument('<connection>', 'name in the connections file, for example market')
    .argument('<table>', 'name of the table or view')
    .option('-c, --config <file>', "connections file (default: the demo county's)")
    .action(async (connection: string, table: string, given: { config?: string }) =>
      finish(await bodies.introspect({ connection, table, configFile: given.config ?? null }, io)),
    );
}
