import type { Command } from 'commander';
import { ALSO } from './arguments.js';
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
    .option('--also <file>', ALSO)
    .action(async ({ report, config, also }: { report?: string; config?: string; also?: string }) =>
      finish(
        await bodies.drops(
          {
            report: report ?? null,
            configFile: config ?? null,
            ...(also !== undefined && { alsoFile: also }),
          },
          io,
        ),
      ),
    );
}
