import { Command, CommanderError } from 'commander';
import { projectVersion } from '../runtime/project-version.js';
import { MappingError } from '../runtime/yaml/problem.js';
import { CommandFailure, EXIT, type ExitCode } from './exit-code.js';
import { systemFailure } from './system-failure.js';
import { usageSentence } from './usage-sentence.js';
import { registerAppKey } from './verbs/verb-app-key.js';
import { registerAudit } from './verbs/verb-audit.js';
import type { VerbBodies } from './verbs/verb-bodies.js';
import { registerCheck } from './verbs/verb-check.js';
import { registerCompose } from './verbs/verb-compose.js';
import { registerCorrections } from './verbs/verb-corrections.js';
import type { VerbDeps } from './verbs/verb-deps.js';
import { registerDrops } from './verbs/verb-drops.js';
import { registerExplain } from './verbs/verb-explain.js';
import { registerExport } from './verbs/verb-export.js';
import { registerHands } from './verbs/verb-hands.js';
import { registerIntrospect } from './verbs/verb-introspect.js';
import type { VerbIo } from './verbs/verb-io.js';
import { registerServe } from './verbs/verb-serve.js';
import { registerStart } from './verbs/verb-start.js';
import { registerSubgraph } from './verbs/verb-subgraph.js';
import { registerToken } from './verbs/verb-token.js';

const VERBS = [
  registerStart,
  registerServe,
  registerSubgraph,
  registerCompose,
  registerCheck,
  registerIntrospect,
  registerExplain,
  registerDrops,
  registerCorrections,
  registerExport,
  registerHands,
  registerToken,
  registerAppKey,
  registerAudit,
];

/**
 * Runs one command line.
 *
 * @param words without the interpreter and the script.
 * @param complain takes what went wrong, for people.
 * @throws only what no verb expects: a defect of the program.
 */
export async function runCommand(
  words: readonly string[],
  bodies: VerbBodies,
  io: VerbIo,
  complain: (text: string) => void,
): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const finish = (code: ExitCode): void => {
    exitCode = code;
  };
  try {
    await createProgram({ bodies, io, finish }, complain).parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      if (!HELP.has(error.code)) complain(`${usageSentence(error)}\n`);
      return EXIT.usage;
    }
    const failure = toFailure(error);
    complain(`${failure.message}\n`);
    return failure.exitCode;
  }
}

/** Codes of the parser for which it has printed the help. */
const HELP: ReadonlySet<string> = new Set(['commander.help', 'commander.helpDisplayed']);

/** @throws a defect of the program, as it is. */
function toFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  // Files that all departments share have errors: every line has its place.
  if (error instanceof MappingError)
    return new CommandFailure(EXIT.findings, error.message, { cause: error });
  const failure = systemFailure(error);
  if (failure === null) throw error;
  return failure;
}

function createProgram(deps: VerbDeps, complain: (text: string) => void): Command {
  const program = new Command('enforcement-graph')
    .description("One GraphQL surface over a county's administrative-enforcement systems.")
    .version(projectVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => deps.io.say(text.trimEnd()),
      writeErr: complain,
      // Said once, in both languages, by `usageSentence`.
      outputError: () => undefined,
    })
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExit codes: 0 ok, 1 findings, 2 cannot run (words, files, address, machine), 3 a source does not answer.',
    );
  for (const register of VERBS) register(program, deps);
  return program;
}
