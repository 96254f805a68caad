import { type Command, InvalidArgumentError } from 'commander';
import { USUAL_RULES } from '../../gateway/audit/unusual/unusual-rules.js';
import { isCalendarDay } from '../../runtime/clock.js';
import { repeated, wholeNumber } from './arguments.js';
import type { VerbDeps } from './verb-deps.js';

const FOLDER = 'folder of the audit, which holds 000001.ndjson and so on';
const KEY_WORDS = 'env:NAME or file:/run/secrets/name';

interface GivenDays {
  readonly from?: string;
  readonly to?: string;
}

export function registerAudit(program: Command, deps: VerbDeps): void {
  const audit = program
    .command('audit')
    .summary('verify the audit, and ask it who saw whom and what is unusual')
    .description('Reads the folder of an audit; a running gateway may be writing to it.');
  registerVerify(audit, deps);
  registerWho(audit, deps);
  registerUnusual(audit, deps);
}

function registerVerify(audit: Command, { bodies, io, finish }: VerbDeps): void {
  audit
    .command('verify')
    .summary('check sequence, chain, signatures and copy')
    .description('Checks the whole audit. Exits with 1 when anything is not as it was written.')
    .argument('<folder>', FOLDER)
    .option('--copy <folder>', 'folder of its copy')
    .option(
      '--key <reference>',
      `what checks the checkpoints: the Ed25519 key (public or private, PEM) or the HMAC key, as ${KEY_WORDS}; may be repeated`,
      repeatedKey,
    )
    .action(async (folder: string, { copy, key }: { copy?: string; key?: readonly string[] }) =>
      finish(await bodies.auditVerify({ folder, copyFolder: copy ?? null, keys: key ?? [] }, io)),
    );
}

function registerWho(audit: Command, { bodies, io, finish }: VerbDeps): void {
  withDays(
    audit
      .command('who')
      .summary('show who saw a subject')
      .argument('<folder>', FOLDER)
      .requiredOption('--subject <ref>', 'such as uscc:91330922MA28K00156; may be repeated', repeated)
      .requiredOption('--key <reference>', `key of what stands for subjects, as ${KEY_WORDS}`, keyReference),
  ).action(async (folder: string, given: GivenDays & { subject: readonly string[]; key: string }) =>
    finish(
      await bodies.auditWho({ folder, subjects: given.subject, key: given.key, ...periodOf(given) }, io),
    ),
  );
}

function registerUnusual(audit: Command, { bodies, io, finish }: VerbDeps): void {
  const { night, volume, follow } = USUAL_RULES;
  withDays(
    audit
      .command('unusual')
      .summary('show unusual looking: at night, very much, one person over time')
      .description('Exits with 1 when there is any.')
      .argument('<folder>', FOLDER)
      .option('--night <hours>', 'from which hour until which', hours, {
        from: night.from,
        until: night.until,
      })
      .option(
        '--per-day <n>',
        'answers of level L3 that a caller may get a day',
        wholeNumber(1),
        volume.perDay,
      )
      .option(
        '--days <n>',
        'different days on which a user looks at one subject',
        wholeNumber(2),
        follow.days,
      ),
  ).action(
    async (
      folder: string,
      given: GivenDays & { night: { from: number; until: number }; perDay: number; days: number },
    ) => {
      const rules = {
        night: { ...night, ...given.night },
        volume: { perDay: given.perDay },
        follow: { ...follow, days: given.days },
      };
      finish(await bodies.auditUnusual({ folder, rules, ...periodOf(given) }, io));
    },
  );
}

function withDays(command: Command): Command {
  return command
    .option('--from <day>', 'first day, yyyy-MM-dd', calendarDay)
    .option('--to <day>', 'last day, yyyy-MM-dd', calendarDay);
}

function periodOf({ from, to }: GivenDays) {
  return { from: from ?? null, to: to ?? null };
}

function calendarDay(text: string): string {
  if (isCalendarDay(text)) return text;
  throw new InvalidArgumentError('It must be a day of the calendar, such as 2026-07-01.');
}

function hours(text: string): { readonly from: number; readonly until: number } {
  const [, from, until] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(until)];
  if (first <= 23 && last <= 23) return { from: first, until: last };
  throw new InvalidArgumentError('It must be two hours from 0 to 23, such as 22-6.');
}

/** A key itself would stand in the machine's list of processes. */
function keyReference(text: string): string {
  if (/^(env:.+|file:\/.+)$/.test(text)) return text;
  throw new InvalidArgumentError(`It must be ${KEY_WORDS}, never the key itself.`);
}

function repeatedKey(value: string, before: readonly string[] = []): readonly string[] {
  return repeated(keyReference(value), before);
}
