import { randomFor } from '../../random.js';
import type { PortCall, World } from '../../world/world.js';
import { lastDelivery, toUtc } from '../delivery-times.js';
import { dirtyText, fullWidth, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { itemAt } from '../world-lookups.js';
import { GEARS, PORT_DIRECTIONS } from './marine-codes.js';
import { marinePartyWriter } from './marine-party.js';

const COLUMNS = [
  { name: 'bgid', type: 'text', length: 24 },
  { name: 'ycbm', type: 'text', length: 60 },
  { name: 'cm', type: 'text', length: 60 },
  { name: 'gkmc', type: 'text', length: 100 },
  { name: 'jcglx', type: 'text', length: 8 },
  { name: 'bgsj', type: 'text', length: 19 },
  { name: 'zcrs', type: 'integer' },
  { name: 'cymd', type: 'text', length: 400 },
  { name: 'zylx', type: 'text', length: 20 },
  { name: 'cfbz', type: 'text', length: 1 },
  { name: 'cs_bz', type: 'text', length: 8 },
  { name: 'rksj', type: 'text', length: 19 },
] as const;

type PortCallRow = RecordOf<typeof COLUMNS>;

/** `yc_jcgbg`: reports of leaving and entering port. All its times are UTC, and nothing says so (D9). */
export function portCallTable(world: World): LegacyTable {
  return recordTable({
    name: 'yc_jcgbg',
    columns: COLUMNS,
    primaryKey: ['bgid'],
    indexes: [['bgsj', 'bgid'], ['ycbm'], ['cm'], ['rksj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<PortCallRow> {
  const writeParty = marinePartyWriter(world);
  let turn = 0;
  for (const call of world.portCalls) {
    const random = randomFor(world.seed, 'marine.port-call', call.index);
    const party = writeParty(random, { kind: 'vessel', index: call.vessel }, turn);
    const row = writePortCall(world, call, turn, {
      ycbm: party.vesselCode,
      cm: party.vesselName,
    });
    yield row;
    // The terminal heard no answer and reported again, a second later.
    if (turn % 15 === 4)
      yield { ...row, bgid: `${String(row.bgid)}-2`, bgsj: secondLater(String(row.bgsj)), cfbz: '1' };
    if (turn % 200 === 9) {
      yield { ...row, bgid: `CS${turn}`, gkmc: '测试港', cs_bz: turn % 400 === 9 ? '1' : '测试' };
    }
    turn += 1;
  }
}

function writePortCall(
  world: World,
  call: PortCall,
  turn: number,
  vessel: Pick<PortCallRow, 'ycbm' | 'cm'>,
): PortCallRow {
  const { owners } = itemAt(world.vessels, call.vessel);
  const crew = owners.flatMap(({ subject }) =>
    subject.kind === 'person' ? [itemAt(world.persons, subject.index).name] : [],
  );
  return {
    ...vessel,
    bgid: `BG${String(call.index).padStart(12, '0')}`,
    gkmc: call.port,
    jcglx: spell(PORT_DIRECTIONS, call.direction, turn % 12 === 7 ? 1 : null),
    bgsj: toUtc(call.reportedAt),
    zcrs: call.onBoard,
    cymd: crew.length === 0 ? null : crew.join('、'),
    zylx: typedGear(world, call, turn),
    cfbz: turn % 2 === 0 ? '0' : null,
    cs_bz: null,
    rksj: toUtc(receivedAt(world, call, turn)),
  };
}

/** A code of a form that is used no more: nothing tells what it meant. */
const CODE_OF_AN_OLD_FORM = '88';

/** D2, D4, D11, D16: as terminals and people at the counter write it. A spreadsheet ate the nought of some codes. */
function typedGear({ seed }: World, { index, gear }: PortCall, turn: number): string | null {
  const random = randomFor(seed, 'marine.port-call.gear', index);
  if (gear === null) return random.pick([null, nullWord(random), CODE_OF_AN_OLD_FORM]);
  const code = spell(GEARS, gear, null);
  switch (turn % 16) {
    case 3:
    case 11:
      return spell(GEARS, gear, random.int(1, 3));
    case 5:
      return fullWidth(code);
    case 7:
      return dirtyText(random, code);
    case 13:
      return code.replace(/^0/, '');
    default:
      return code;
  }
}

/** With the next batch; the county looks at noon. */
function receivedAt(world: World, { reportedAt }: PortCall, turn: number): string {
  const last = lastDelivery(world.today);
  return turn === 0 || reportedAt > last ? last : reportedAt;
}

function secondLater(text: string): string {
  const time = new Date(`${text.replace(' ', 'T')}Z`);
  time.setUTCSeconds(time.getUTCSeconds() + 1);
  return time.toISOString().slice(0, 19).replace('T', ' ');
}
