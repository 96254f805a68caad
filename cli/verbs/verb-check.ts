import { type Command, InvalidArgumentError } from 'commander';
import { ALSO } from './arguments.js';
import { CHECK_KINDS, type CheckKind } from './verb-bodies.js';
import type { VerbDeps } from './verb-deps.js';

interface Given {
  readonly only?: readonly CheckKind[];
  readonly config?: string;
  readonly also?: string;
}

export function registerCheck(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('check')
    .summary('check mappings against schemas and live sources')
    .description(
      'lint: mappings are well formed and what they refer to exists. conform: they fill the canonical fields ' +
        'and compose. probe: sources have the columns, types and keys (read-only, bounded). sample: golden rows ' +
        'read as recorded. Exits with 1 on findings, 3 when a source does not answer.',
    )
    .argument('[department]', 'only this one, for example market')
    .option('--only <kinds>', `some of ${CHECK_KINDS.join(',')}`, checkKinds)
    .option('-c, --config <file>', "connections file (default: the demo county's)")
    .option('--also <file>', ALSO)
    .action(async (department: string | undefined, given: Given) =>
      finish(
        await bodies.check(
          {
            department: department ?? null,
            kinds: given.only ?? CHECK_KINDS,
            configFile: given.config ?? null,
            ...(given.also !== undefined && { alsoFile: given.also }),
          },
          io,
        ),
      ),
    );
}

function checkKinds(text: string): readonly CheckKind[] {
  return text.split(',').map((word) => {
    const kind = CHECK_KINDS.find((known) => known === word.trim());
    if (kind !== undefined) return kind;
    throw new InvalidArgumentError(`Known checks are ${CHECK_KINDS.join(', ')}.`);
  });
}
