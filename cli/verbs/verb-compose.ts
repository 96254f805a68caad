import type { Command } from 'commander';
import type { VerbDeps } from './verb-deps.js';

export function registerCompose(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('compose')
    .summary('compose the subgraphs of rover.yaml, offline')
    .description(
      'Composes what rover.yaml names and writes schema/supergraph.graphql and schema/api.graphql. ' +
        'Exits with 1 when the subgraphs do not compose.',
    )
    .option('--check', 'write nothing; exit with 1 when the committed files are not what the sources give')
    .action(async (given: { check?: boolean }) =>
      finish(await bodies.compose({ checkOnly: given.check === true }, io)),
    );
}
