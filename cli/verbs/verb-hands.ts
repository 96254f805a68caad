import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../runtime/clock.js';
import { durationMs } from '../../runtime/yaml/duration.js';
import { LOG_LEVELS, LOG_PARTS, type LogLevel } from '../../subgraphs/port/log-levels.js';
import { DEFAULT_URL, serviceUrl, TOKEN_VARIABLE, tokenOf } from './asked-gateway.js';
import type { Hand, HandOptions } from './verb-bodies.js';
import type { VerbDeps } from './verb-deps.js';

interface Given {
  readonly url: URL;
  readonly format: HandOptions['format'];
}

type GivenLevel = Given & { readonly part?: string; readonly for: number };
type GivenAnswer = Given & { readonly accepted?: string; readonly refused?: string };
type GivenWhy = Given & { readonly why: string };
type GivenBreaker = GivenWhy & { readonly until?: string };

/** What the data centre asks of a running gateway and does to it: how interfaces are, how a request went, pauses, breakers. */
export function registerHands(program: Command, { bodies, io, finish }: VerbDeps): void {
  const use = async (hand: Hand, { url, format }: Given): Promise<void> =>
    finish(await bodies.hand({ hand, url, format, token: tokenOf(io.environment) }, io));

  takeGateway(
    program
      .command('status')
      .summary('how the interfaces of a running gateway are')
      .argument('[interface]', 'one of them, with what is measured of it'),
  ).action((name: string | undefined, given: Given) =>
    use({ kind: 'status', interface: name ?? null }, given),
  );
  takeGateway(
    program
      .command('incidents')
      .summary('what is, or was, amiss with interfaces')
      .option('--open', 'only what lasts', false),
  ).action((given: Given & { readonly open: boolean }) =>
    use({ kind: 'incidents', isOpen: given.open }, given),
  );
  takeGateway(
    program
      .command('request')
      .summary('how a request went')
      .argument('<id>', 'what the header x-request-id of its answer said, and the log'),
  ).action((id: string, given: Given) => use({ kind: 'request', id }, given));
  takeGateway(
    program
      .command('drift')
      .summary('how the columns of an interface changed')
      .argument('<interface>', 'its name, such as market.inspection'),
  ).action((name: string, given: Given) => use({ kind: 'drift', interface: name }, given));
  takeGateway(
    program
      .command('pause')
      .summary('keep everybody from an interface until a time')
      .argument('<interface>', 'its name, such as market.inspection')
      .requiredOption('--why <text>', 'what is recorded, and told to those who may know')
      .requiredOption(
        '--until <time>',
        'such as 2026-07-01T08:00, of the county, within 31 days',
        countyTime,
      ),
  ).action((name: string, { why, until, ...given }: GivenWhy & { readonly until: string }) =>
    use({ kind: 'pause', interface: name, why, until }, given),
  );
  takeGateway(
    program
      .command('resume')
      .summary('end a pause')
      .argument('<interface>', 'its name, such as market.inspection')
      .requiredOption('--why <text>', 'what is recorded'),
  ).action((name: string, { why, ...given }: GivenWhy) =>
    use({ kind: 'resume', interface: name, why }, given),
  );
  takeGateway(
    program
      .command('breaker')
      .summary("open the breaker of an interface's source, so that nobody calls it, or close it")
      .addArgument(new Argument('<action>', 'open, or close').choices(['open', 'close']))
      .argument('<interface>', 'its name, such as market.inspection')
      .requiredOption('--why <text>', 'what is recorded, and told to those who may know')
      .option(
        '--until <time>',
        'when it closes by itself, such as 2026-07-01T08:00, of the county (default: in 31 days)',
        countyTime,
      ),
  ).action((action: 'open' | 'close', name: string, { why, until, ...given }: GivenBreaker) => {
    if (action === 'open') {
      return use({ kind: 'open breaker', interface: name, why, until: until ?? null }, given);
    }
    if (until === undefined) return use({ kind: 'close breaker', interface: name, why }, given);
    throw new InvalidArgumentError('close 不用 --until。A breaker is closed at once: leave --until out.');
  });
  registerLogLevel(program, use);
  registerNotes(program, use);
}

const HOUR_SECONDS = 3600;

/** What is noted of incidents, and of the corrections that are worked out from them. */
function registerNotes(program: Command, use: (hand: Hand, given: Given) => Promise<void>): void {
  takeGateway(
    program
      .command('acknowledge')
      .summary('say that somebody sees to an incident that lasts: it is escalated no more')
      .argument('<id>', 'of the incident, as `incidents --format json` and messages tell it')
      .requiredOption('--why <text>', 'what is done about it'),
  ).action((id: string, { why, ...given }: GivenWhy) => use({ kind: 'acknowledge', id, why }, given));
  takeGateway(
    program
      .command('answer-correction')
      .summary('note what a department answered to a request for correction (数据校核)')
      .argument('<id>', 'of the correction, as the graph tells it')
      .addOption(new Option('--accepted <text>', 'it will put it right').conflicts('refused'))
      .addOption(new Option('--refused <text>', 'it will not, and why')),
  ).action((id: string, { accepted, refused, ...given }: GivenAnswer) => {
    const text = accepted ?? refused;
    if (text === undefined) {
      throw new InvalidArgumentError('须写 --accepted 或 --refused。Say --accepted or --refused.');
    }
    return use({ kind: 'answer', id, isAccepted: accepted !== undefined, text }, given);
  });
}

function registerLogLevel(program: Command, use: (hand: Hand, given: Given) => Promise<void>): void {
  const parts = LOG_PARTS.map((part) => part.toLowerCase());
  takeGateway(
    program
      .command('log-level')
      .summary('tell the levels of the log, or change one for a while, in all processes')
      .addArgument(new Argument('[level]', 'the new one').choices(LOG_LEVELS))
      .addOption(new Option('--part <name>', 'of what (default: everything)').choices(parts))
      .option('--for <time>', 'how long, such as 10m, at most 24h', spanSeconds, HOUR_SECONDS),
  ).action((level: LogLevel | undefined, { part, for: seconds, ...given }: GivenLevel) => {
    if (level === undefined) return use({ kind: 'log levels' }, given);
    const named = LOG_PARTS.find((one) => one.toLowerCase() === part) ?? null;
    return use({ kind: 'log level', level, part: named, seconds }, given);
  });
}

function spanSeconds(text: string): number {
  const seconds = /^\d{1,5}[smh]$/.test(text) ? durationMs(text) / 1000 : Number.NaN;
  if (seconds >= 1 && seconds <= 24 * HOUR_SECONDS) return seconds;
  throw new InvalidArgumentError(
    '应为 10m 这样的时长，至多 24h。It must be a time such as 10m, at most 24h.',
  );
}

function takeGateway(command: Command): Command {
  return command
    .description(
      `${command.summary()}. Asks a running gateway; the token of whoever asks stands in the variable ${TOKEN_VARIABLE}.`,
    )
    .option('--url <url>', 'where the gateway serves', serviceUrl, DEFAULT_URL)
    .addOption(
      new Option('-f, --format <format>', 'how it is printed').choices(['table', 'json']).default('table'),
    );
}

function countyTime(text: string): string {
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: COUNTY_ZONE });
  if (time.isValid) return time.toISO();
  throw new InvalidArgumentError('It must be a time such as 2026-07-01T08:00.');
}
