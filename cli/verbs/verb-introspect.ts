import type { Command } from 'commander';
import { ALSO } from './arguments.js';
import type { VerbDeps } from './verb-deps.js';

interface Given {
  readonly source?: string;
  readonly config?: string;
  readonly also?: string;
}

export function registerIntrospect(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('introspect')
    .summary('draft a mapping from a live source')
    .description(
      'Looks at a table, the answer of an endpoint or SOAP operation, or a dropped file, and prints the draft of a ' +
        'mapping file. Exits with 3 when the source does not answer.',
    )
    .argument('<connection>', 'name in the connections file, for example market')
    .argument('[object]', "a table, a path ('/api/v1/tickets?pageNum=1'), or a file name ('民宿台账*.xlsx')")
    .option('-s, --source <file>', 'YAML with the http, soap or file block to look at instead of an object')
    .option('-c, --config <file>', "connections file (default: the demo county's)")
    .option('--also <file>', ALSO)
    .action(async (connection: string, object: string | undefined, given: Given) =>
      finish(
        await bodies.introspect(
          {
            connection,
            object: object ?? null,
            sourceFile: given.source ?? null,
            configFile: given.config ?? null,
            ...(given.also !== undefined && { alsoFile: given.also }),
          },
          io,
        ),
      ),
    );
}
