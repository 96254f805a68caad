import type { Command } from 'commander';
import { type GivenGrant, grantOf, takeGrant } from './grant-options.js';
import type { VerbDeps } from './verb-deps.js';

interface Given extends GivenGrant {
  readonly id: string;
  readonly expires: string;
  readonly notBefore?: string;
  readonly title?: string;
  readonly anyOperation?: boolean;
}

export function registerAppKey(program: Command, { bodies, io, finish }: VerbDeps): void {
  takeGrant(
    program
      .command('app-key')
      .summary('make a key for an application, such as a dashboard')
      .description(
        'Prints a new key, once, and the entry with its hash for the applications file, where the key itself never stands. ' +
          "The first line is the key; the application sends it as x-api-key. To replace a key, add the new hash to the application's keys, " +
          'and take the old one away when nobody uses it any more.',
      )
      .requiredOption('--id <id>', 'name of the application: lower-case letters, digits and dashes')
      .requiredOption('-r, --role <role>', 'a role of schema/policy.yaml, but no administrator')
      .requiredOption('--expires <day>', 'last day on which it is good, at most a year ahead')
      .option('--not-before <day>', 'first day on which it is good (default: today)')
      .option('--title <text>', 'what the application is, for people'),
  )
    .option('--any-operation', 'it may ask queries of its own (default: registered operations alone)')
    .action(async (given: Given) =>
      finish(
        await bodies.appKey(
          {
            id: given.id,
            notBefore: given.notBefore ?? null,
            expires: given.expires,
            title: given.title ?? null,
            ...grantOf(given),
            operations: given.anyOperation === true ? 'any' : 'registered',
          },
          io,
        ),
      ),
    );
}
