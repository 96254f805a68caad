import type { Command } from 'commander';
import { repeatedWord } from './arguments.js';
import type { VerbDeps } from './verb-deps.js';

interface Given {
  readonly id: string;
  readonly role: string;
  readonly expires: string;
  readonly notBefore?: string;
  readonly title?: string;
  readonly township?: readonly string[];
  readonly department?: readonly string[];
  readonly purpose?: readonly string[];
  readonly scope?: readonly string[];
  readonly anyOperation?: boolean;
}

export function registerAppKey(program: Command, { bodies, io, finish }: VerbDeps): void {
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
    .option('--title <text>', 'what the application is, for people')
    .option(
      '-t, --township <code...>',
      'rows of this township alone; may be repeated',
      repeatedWord('township'),
    )
    .option(
      '-d, --department <name...>',
      'rows of this department alone; may be repeated',
      repeatedWord('department'),
    )
    .option('--purpose <code...>', 'legal matter; may be repeated', repeatedWord('word'))
    .option('--scope <name...>', 'scope for @requiresScopes; may be repeated', repeatedWord('word'))
    .option('--any-operation', 'it may ask queries of its own (default: registered operations alone)')
    .action(async (given: Given) =>
      finish(
        await bodies.appKey(
          {
            id: given.id,
            role: given.role,
            notBefore: given.notBefore ?? null,
            expires: given.expires,
            title: given.title ?? null,
            townships: given.township ?? null,
            departments: given.department ?? null,
            purposes: given.purpose ?? [],
            scopes: given.scope ?? [],
            operations: given.anyOperation === true ? 'any' : 'registered',
          },
          io,
        ),
      ),
    );
}
