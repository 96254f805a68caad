import type { Command } from 'commander';
import { repeatedWord } from './arguments.js';

/** What a caller is granted, as the command line says it. */
export interface GivenGrant {
  readonly role: string;
  readonly township?: readonly string[];
  readonly department?: readonly string[];
  readonly purpose?: readonly string[];
  readonly scope?: readonly string[];
}

/** Adds the options that tell which rows a caller sees, and why he may look. */
export function takeGrant(command: Command): Command {
  return command
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
    .option('--scope <name...>', 'scope for @requiresScopes; may be repeated', repeatedWord('word'));
}

/** As issuers take it; null: all rows. */
export function grantOf({ role, township, department, purpose, scope }: GivenGrant) {
  return {
    role,
    townships: township ?? null,
    departments: department ?? null,
    purposes: purpose ?? [],
    scopes: scope ?? [],
  };
}
