import type { Command } from 'commander';
import type { VerbDeps } from './verb-deps.js';

export function registerDrops(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('drops')
    .summary('show which dropped files serve and which were rejected')
    .description(
      'Looks at every drop folder, as a running county does, and lists what serves and what was rejected. ' +
        'Exits with 1 when a drop is rejected that no newer one has taken the place of, or passed over for its old time.',
    )
    .option('-r, --report <interface>', 'print the report of its rejected drop (CSV), row by row')
    .option('-c, --config <file>', "connections file (default: the demo county's)")
    .action(async (given: { report?: string; config?: string }) =>
      finish(await bodies.drops({ report: given.report ?? null, configFile: given.config ?? null }, io)),
    );
}
