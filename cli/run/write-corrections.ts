import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { Config } from '../../county/config/config.js';
import type { Bulletin } from '../../county/corrections/bulletin.js';
import { bulletinPage, bulletinWorkbook } from '../../county/corrections/write-bulletin.js';
import { clockOf } from '../../county/county-clock.js';
import { HISTORY_FILE, openHistory } from '../../county/observe/history/open-history.js';
import type { HistoryAddress } from '../../county/observe/history/postgres/history-address.js';
import { readWorkingDays } from '../../county/open-county.js';
import { readCounty } from '../../county/read-county.js';
import { COUNTY_ZONE } from '../../runtime/clock.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import {
  type Correction,
  correctionOf,
  DEFECTS,
  USUAL_WORKING_DAYS,
} from '../../subgraphs/hub/reference/correction.js';
import { byUrgency } from '../../subgraphs/hub/reference/corrections-resolver.js';
import { withConfig } from '../demo/county-of.js';
import { demoSeedOf, demoSizeOf } from '../demo/demo-choice.js';
import { demoFolder } from '../demo/demo-county.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import { stateFolder } from '../state-folder.js';
import { TOKEN_VARIABLE } from '../verbs/asked-gateway.js';
import type { CorrectionsOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { askGateway } from './hands/ask-gateway.js';
import { markSent } from './hands/notes.js';

const MOST_INCIDENTS = 10_000;

/** Writes what a department is to put right in its data, and has, as the bulletin of a week. */
export function writeCorrections(options: CorrectionsOptions, io: VerbIo): Promise<ExitCode> {
  return withConfig(options, io.environment, async ({ config, root }) => {
    const { department, week, format, outFile } = options;
    const monday = mondayOf(week);
    const titles = titlesOf(root, department);
    const project = findProjectRoot();
    const folder =
      options.configFile === null
        ? demoFolder(project, demoSizeOf(io.environment), demoSeedOf(io.environment))
        : stateFolder(project, io.environment);
    const from = monday.toMillis();
    const to = Math.min(monday.plus({ weeks: 1 }).toMillis() - 1, presentOf(config));
    const incidents = await readIncidents(
      { shared: config.gateway.history, file: join(folder, HISTORY_FILE) },
      [...titles.keys()],
      { from, to },
    );
    const rules = {
      workingDays: readWorkingDays(root),
      allowed: options.workingDays ?? USUAL_WORKING_DAYS,
      asOf: to,
    };
    const corrections = incidents.flatMap((incident) => correctionOf(incident, rules) ?? []).sort(byUrgency);
    const bulletin: Bulletin = {
      department,
      week,
      from: monday.toFormat('yyyy-MM-dd'),
      to: monday.plus({ days: 6 }).toFormat('yyyy-MM-dd'),
      titles,
      corrections,
    };
    writeFileSync(outFile, format === 'html' ? bulletinPage(bulletin) : await bulletinWorkbook(bulletin));
    io.say(`${outFile}: ${corrections.length} 项 corrections`);
    io.say(await noteSent(corrections, options.sentBy));
    return EXIT.ok;
  });
}

/** @returns what was noted, for whoever runs it. @throws {CommandFailure} when the gateway does not take it. */
async function noteSent(
  corrections: readonly Correction[],
  gateway: CorrectionsOptions['sentBy'],
): Promise<string> {
  if (gateway === null) return `未标记为已发（--draft，或未设 ${TOKEN_VARIABLE}）。Not noted as sent.`;
  const ids = corrections.filter(({ state }) => state !== 'CORRECTED').map(({ id }) => id);
  const marked = await markSent((query, variables) => askGateway(gateway, query, variables), ids);
  return `已标记为已发 ${marked} 项。Noted as sent: ${marked}.`;
}

/** A clock that begins the same day at every start says nothing of how late it is in the process that serves: its whole day counts. */
function presentOf(config: Config): number {
  if (config.today === null) return clockOf(config).now().getTime();
  return DateTime.fromISO(config.today, { zone: COUNTY_ZONE }).endOf('day').toMillis();
}

async function readIncidents(
  { shared, file }: { readonly shared: HistoryAddress | null; readonly file: string },
  interfaces: readonly string[],
  span: { from: number; to: number },
) {
  if (shared === null && !existsSync(file)) {
    throw new CommandFailure(
      EXIT.usage,
      `没有观测历史 ${file}：请先运行 start。Cannot write corrections: there must be a history of what was observed, but ${file} is missing; run \`start\` first.`,
    );
  }
  const history = openHistory(shared, file);
  try {
    return await history.incidents({ interfaces, causes: DEFECTS, ...span, limit: MOST_INCIDENTS });
  } catch (error) {
    throw new CommandFailure(
      EXIT.unreachable,
      `观测历史无法读取。Cannot write corrections: the history of what was observed must be readable, but is not (${String(error)}).`,
    );
  } finally {
    await history.close();
  }
}

/** @throws {CommandFailure} when it is no week of the calendar. */
function mondayOf(week: string): DateTime {
  const monday = DateTime.fromISO(week, { zone: COUNTY_ZONE });
  if (/^\d{4}-W\d{2}$/.test(week) && monday.isValid) return monday;
  throw new CommandFailure(
    EXIT.usage,
    `--week 应为周，如 2026-W27。Cannot write corrections: --week must be a week such as 2026-W27, but is ${JSON.stringify(week)}.`,
  );
}

/** Of the department's interfaces. @throws {CommandFailure} when there are none. */
function titlesOf(root: string, department: string): ReadonlyMap<string, string> {
  const owned = readCounty(root, () => null).subgraphs.flatMap((one) =>
    (one.department?.mappings ?? []).map((mapping) => ({ mapping, owner: mapping.owner.department })),
  );
  const titles = new Map(
    owned
      .filter(({ owner }) => owner === department)
      .map(({ mapping }) => [mapping.interface, mapping.title]),
  );
  if (titles.size > 0) return titles;
  const known = [...new Set(owned.map(({ owner }) => owner))].join(', ');
  throw new CommandFailure(
    EXIT.usage,
    `没有部门 ${JSON.stringify(department)}。Cannot write corrections: the department must be one of ${known}, but is ${JSON.stringify(department)}.`,
  );
}
