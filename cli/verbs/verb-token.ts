import type { Command } from 'commander';
import { repeatedWord } from './arguments.js';
import type { VerbDeps } from './verb-deps.js';

interface Given {
  readonly role: string;
  readonly name?: string;
  readonly township?: readonly string[];
  readonly department?: readonly string[];
  readonly purpose?: readonly string[];
  readonly scope?: readonly string[];
  readonly valid: string;
  readonly keys?: string;
}

export function registerToken(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('token')
    .summary('issue a token for the demo county or a test')
    .description(
      'Prints a token, and nothing else, signed by a local key that is made when it is first needed: ' +
        'TOKEN=$(npx enforcement-graph token --role analyst). A real county has an identity provider instead.',
    )
    .requiredOption('-r, --role <role>', 'a role of schema/policy.yaml')
    .option('-n, --name <name>', 'whose token it is (default: demo-<role>)')
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
    .option(
      '--purpose <code...>',
      'legal matter for which personal data may be looked at; may be repeated',
      repeatedWord('word'),
    )
    .option('--scope <name...>', 'scope for @requiresScopes; may be repeated', repeatedWord('word'))
    .option('--valid <duration>', 'how long it is good, 1s to 30d', '8h')
    .option('-k, --keys <folder>', "folder of the issuer's keys (default: that of the demo counties)")
    .action(async ({ role, name, township, department, purpose, scope, valid, keys }: Given) =>
      finish(
        await bodies.token(
          {
            role,
            name: name ?? `demo-${role}`,
            townships: township ?? null,
            departments: department ?? null,
            purposes: purpose ?? [],
            scopes: scope ?? [],
            validFor: valid,
            keysFolder: keys ?? null,
          },
          io,
        ),
      ),
    );
}
