import { CommandFailure, EXIT, type ExitCode } from '../../exit-code.js';
import type { Hand, HandOptions } from '../../verbs/verb-bodies.js';
import type { VerbIo } from '../../verbs/verb-io.js';
import { askGateway } from './ask-gateway.js';
import type { Ask, Found } from './found.js';
import { HELD_BACK, type HeldBack, wordHeldBack } from './held-back.js';
import { setLogLevel, showLogLevels } from './log-levels.js';
import { acknowledge, answerCorrection } from './notes.js';
import { showIncidents } from './show-incidents.js';
import { showDrift, showInterface, showInterfaces } from './show-interfaces.js';
import { showRequest } from './show-request.js';

/**
 * Asks a running gateway, or does something to it, and prints what it says.
 *
 * @throws {CommandFailure} also after printing, when the answer lacks something, or what was done is not known everywhere.
 */
export async function useHand({ hand, format, ...gateway }: HandOptions, io: VerbIo): Promise<ExitCode> {
  const notices: string[] = [];
  const notice = (line: string): void => void notices.push(line);
  const found = await find(hand, (query, variables) => askGateway(gateway, query, variables, notice));
  if (found.value === null) {
    throw new CommandFailure(EXIT.findings, notices[0] ?? NOT_FOUND[hand.kind]);
  }
  if (format === 'json') io.say(JSON.stringify(found.value, null, 2));
  else for (const line of found.lines) io.say(line);
  if (notices.length > 0) throw new CommandFailure(EXIT.findings, notices.join('\n'));
  return EXIT.ok;
}

const NO_INTERFACE = '没有这个数据接口。There is no such interface.';
const NO_INCIDENT = '没有这个事件。There is no such incident.';
const NOT_FOUND: Readonly<Record<Hand['kind'], string>> = {
  status: NO_INTERFACE,
  drift: NO_INTERFACE,
  pause: NO_INTERFACE,
  resume: NO_INTERFACE,
  'open breaker': NO_INTERFACE,
  'close breaker': NO_INTERFACE,
  acknowledge: NO_INCIDENT,
  answer: NO_INCIDENT,
  'log levels': '不可查看日志的级别。Levels of the log are not for you.',
  'log level': '不可查看日志的级别。Levels of the log are not for you.',
  incidents: '没有异常事件。There are no incidents.',
  request:
    '没有这个请求，或已忘记，或不可查看。There is no such request, it is forgotten, or it is not for you.',
};

async function find(hand: Hand, ask: Ask): Promise<Found> {
  switch (hand.kind) {
    case 'status':
      return hand.interface === null ? showInterfaces(ask) : showInterface(ask, hand.interface);
    case 'incidents':
      return showIncidents(ask, hand.isOpen);
    case 'request':
      return showRequest(ask, hand.id);
    case 'drift':
      return showDrift(ask, hand.interface);
    case 'pause':
      return changed(await ask<Changed>(PAUSE, hand));
    case 'resume':
      return changed(await ask<Changed>(RESUME, hand));
    case 'open breaker':
      return changed(await ask<Changed>(OPEN_BREAKER, hand));
    case 'close breaker':
      return changed(await ask<Changed>(CLOSE_BREAKER, hand));
    case 'acknowledge':
      return acknowledge(ask, hand);
    case 'answer':
      return answerCorrection(ask, hand);
    case 'log levels':
      return showLogLevels(ask);
    case 'log level':
      return setLogLevel(ask, hand);
  }
}

interface Changed {
  readonly changed: HeldBack & { readonly name: string };
}

const PAUSE = `mutation Pause($interface: String!, $why: String!, $until: DateTime!) {
  changed: pauseInterface(interface: $interface, why: $why, until: $until) { name ${HELD_BACK} } }`;
const RESUME = `mutation Resume($interface: String!, $why: String!) {
  changed: resumeInterface(interface: $interface, why: $why) { name ${HELD_BACK} } }`;
const OPEN_BREAKER = `mutation OpenBreaker($interface: String!, $why: String!, $until: DateTime) {
  changed: openBreaker(interface: $interface, why: $why, until: $until) { name ${HELD_BACK} } }`;
const CLOSE_BREAKER = `mutation CloseBreaker($interface: String!, $why: String!) {
  changed: closeBreaker(interface: $interface, why: $why) { name ${HELD_BACK} } }`;

function changed({ changed: one }: Changed): Found {
  return { value: one, lines: [`${one.name}: ${wordHeldBack(one) ?? '照常 as usual'}`] };
}
