import type { LogLevel, LogPart } from '../../../subgraphs/port/log-levels.js';
import type { Ask, Found } from './found.js';
import { textTable } from './text-table.js';

interface Told {
  readonly part: string;
  readonly level: string;
  readonly usual: string;
  readonly until: string | null;
  readonly by: string | null;
}

const FIELDS = 'part level usual until by';

/** The levels of all parts. */
export async function showLogLevels(ask: Ask): Promise<Found> {
  const { levels } = await ask<{ levels: readonly Told[] | null }>(
    `query LogLevels { levels: logLevels { ${FIELDS} } }`,
  );
  return show(levels);
}

/** Changes some, and shows all. */
export async function setLogLevel(
  ask: Ask,
  asked: { readonly level: LogLevel; readonly part: LogPart | null; readonly seconds: number },
): Promise<Found> {
  const { levels } = await ask<{ levels: readonly Told[] }>(
    `mutation SetLogLevel($level: LogLevel!, $part: LogPart, $seconds: Int!) {
      levels: setLogLevel(level: $level, part: $part, seconds: $seconds) { ${FIELDS} } }`,
    { ...asked, level: asked.level.toUpperCase() },
  );
  return show(levels);
}

function show(levels: readonly Told[] | null): Found {
  const rows = (levels ?? []).map(({ part, level, usual, until, by }) => [part, level, usual, until, by]);
  return {
    value: levels,
    lines: textTable(['部分 part', '级别 level', '通常 usual', '止于 until', '何人 by'], rows),
  };
}
