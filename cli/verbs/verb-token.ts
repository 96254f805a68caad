import type { Command } from 'commander';
import { type GivenGrant, grantOf, takeGrant } from './grant-options.js';
import type { VerbDeps } from './verb-deps.js';

interface Given extends GivenGrant {
  readonly name?: string;
  readonly valid: string;
  readonly keys?: string;
}

export function registerToken(program: Command, { bodies, io, finish }: VerbDeps): void {
  takeGrant(
    program
      .command('token')
      .summary('issue a token for the demo county or a test')
      .description(
        'Prints a token, and nothing else, signed by a local key that is made when it is first needed: ' +
          'TOKEN=$(npx enforcement-graph token --role analyst). A real county has an identity provider instead.',
      )
      .requiredOption('-r, --role <role>', 'a role of schema/policy.yaml')
      .option('-n, --name <name>', 'whose token it is (default: demo-<role>)'),
  )
    .option('--valid <duration>', 'how long it is good, 1s to 30d', '8h')
    .option('-k, --keys <folder>', "folder of the issuer's keys (default: that of the demo counties)")
    .action(async (given: Given) =>
      finish(
        await bodies.token(
          {
            ...grantOf(given),
            name: given.name ?? `demo-${given.role}`,
            validFor: given.valid,
            keysFolder: given.keys ?? null,
          },
          io,
        ),
      ),
    );
}
