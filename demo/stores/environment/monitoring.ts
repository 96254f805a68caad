import { type Random, randomFor } from '../../random.js';
import { type Outlet, type Reading, readingsOf } from '../../world/environment/make-readings.js';
import type { World } from '../../world/world.js';
import { toUtc } from '../delivery-times.js';
import type { LegacyCell, LegacyStore } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { subjectCode, subjectName } from '../subject-code.js';

const COLUMNS = [
  { name: 'DataId', type: 'integer' },
  { name: 'PSCode', type: 'text', length: 12 },
  { name: 'PSName', type: 'text', length: 200 },
  { name: 'CreditCode', type: 'text', length: 64 },
  { name: 'OutputCode', type: 'text', length: 10 },
  { name: 'PollutantCode', type: 'text', length: 10 },
  { name: 'MonitorTime', type: 'text', length: 19 },
  { name: 'TimeBase', type: 'text', length: 10 },
  { name: 'Avg', type: 'text', length: 30 },
  { name: 'Standard', type: 'text', length: 20 },
  { name: 'Flag', type: 'text', length: 4 },
  { name: 'IsOver', type: 'text', length: 4 },
  { name: 'ReceiveTime', type: 'text', length: 19 },
] as const;

type ReadingRow = RecordOf<typeof COLUMNS>;

/**
 * 污染源在线监测, hourly averages behind a REST service. Instruments keep local time or UTC and write no zone; those
 * that keep UTC are told by `TimeBase` (D9). A reading that was sent again after a gap in the line has two rows (D14).
 */
export function monitoringStore(world: World): LegacyStore {
  return {
    connection: 'monitoring',
    access: 'rest',
    tables: [
      recordTable({
        name: 'HourData',
        columns: COLUMNS,
        primaryKey: ['DataId'],
        indexes: [['CreditCode'], ['ReceiveTime']],
        records: () => records(world),
      }),
    ],
  };
}

function* records(world: World): Generator<ReadingRow> {
  const codes = codesOfOutlets(world);
  let turn = 0;
  let sent = 0;
  for (const reading of readingsOf(world)) {
    const random = randomFor(world.seed, 'monitoring', turn);
    const code = codes(reading.outlet);
    const row = writeReading(random, world, reading, code, turn);
    if (turn % 11 === 4) {
      sent += 1;
      yield { ...row, DataId: sent, Avg: '0', Flag: 'D', IsOver: '0', ReceiveTime: reading.at };
    }
    sent += 1;
    yield { ...row, DataId: sent };
    turn += 1;
  }
}

/** Whoever set an outlet up typed the firm's code once: all its rows have the same spelling. */
function codesOfOutlets(world: World): (outlet: Outlet) => LegacyCell {
  const known = new Map<string, string>();
  return ({ works, code, holder }) => {
    const outlet = `${works}${code}`;
    const typed =
      known.get(outlet) ??
      subjectCode(randomFor(world.seed, 'monitoring.outlet', outlet), world, holder, known.size);
    known.set(outlet, typed);
    return typed;
  };
}

function writeReading(
  random: Random,
  world: World,
  reading: Reading,
  creditCode: LegacyCell,
  turn: number,
): ReadingRow {
  const { outlet, pollutant, at, flag } = reading;
  const local = random.pick(['', null, '北京时间', 'CST']);
  return {
    DataId: 0,
    PSCode: outlet.works,
    PSName: subjectName(world, outlet.holder),
    CreditCode: creditCode,
    OutputCode: outlet.code,
    PollutantCode: turn % 7 === 3 ? pollutant.code.toUpperCase() : pollutant.code,
    MonitorTime: outlet.keepsUtc ? toUtc(at) : at,
    TimeBase: outlet.keepsUtc ? random.pick(['UTC', 'GMT']) : local,
    Avg: averageCell(reading, turn),
    Standard: turn % 5 === 2 ? `${pollutant.limit}mg/L` : pollutant.limit,
    Flag: turn % 6 === 1 ? flag.toLowerCase() : flag,
    IsOver: overCell(reading, turn),
    // Servers of the platform keep local time all of them.
    ReceiveTime: `${at.slice(0, 13)}:${String(2 + (turn % 50)).padStart(2, '0')}:11`,
  };
}

/** Milligrams per litre; a few instruments send micrograms, and say so. */
function averageCell({ average }: Reading, turn: number): string | null {
  if (average === null) return turn % 2 === 0 ? null : '--';
  switch (turn % 9) {
    case 2:
      return `${average}mg/L`;
    case 5:
      return `${(Number(average) * 1000).toFixed(0)}μg/L`;
    default:
      return average;
  }
}

function overCell({ exceeds }: Reading, turn: number): string | null {
  if (exceeds === null) return turn % 3 === 0 ? '' : null;
  return exceeds ? (turn % 2 === 0 ? '1' : '是') : turn % 2 === 0 ? '0' : '否';
}
