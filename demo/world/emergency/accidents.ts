import { randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { Organisation, World } from '../world.js';
import { isWatched } from './watched-firms.js';

export type AccidentKind = 'FALL' | 'DROWNING' | 'MACHINERY' | 'FIRE' | 'POISONING' | 'ELECTRIC' | 'OTHER';

/** One work accident (生产安全事故). */
export interface Accident {
  readonly index: number;
  /** Index into `World.organisations`. */
  readonly organisation: number;
  readonly happenedOn: string;
  readonly place: string;
  /** 9 digits. */
  readonly township: string;
  readonly kind: AccidentKind;
  readonly cause: string;
  readonly deaths: number;
  readonly injuries: number;
  /** Yuan, two decimals. */
  readonly lossYuan: string;
  readonly isClosed: boolean;
}

/** Of so many watched firms one had an accident. */
const HAPPENS_EVERY = 4;
const WITHIN_DAYS = 1500;
const KINDS: readonly (readonly [AccidentKind, string])[] = [
  ['FALL', '高处作业未系安全带'],
  ['DROWNING', '临水作业未穿救生衣'],
  ['MACHINERY', '违章操作起网机'],
  ['FIRE', '动火作业未清理可燃物'],
  ['POISONING', '进入有限空间未通风检测'],
  ['ELECTRIC', '临时用电线路破损'],
  ['OTHER', '现场管理不到位'],
];

export function accidentsOf(world: World): readonly Accident[] {
  return world.organisations
    .filter(isWatched)
    .filter((_, place) => place % HAPPENS_EVERY === 2)
    .map((firm, index) => makeAccident(world, firm, index));
}

function makeAccident(world: World, firm: Organisation, index: number): Accident {
  const random = randomFor(world.seed, 'accident', firm.index);
  const [kind, cause] = random.pick(KINDS);
  const deaths = random.chance(0.15) ? 1 : 0;
  return {
    index,
    organisation: firm.index,
    happenedOn: addDays(world.today, -random.int(1, WITHIN_DAYS)),
    place: firm.address,
    township: firm.township,
    kind,
    cause,
    deaths,
    injuries: deaths === 0 ? random.int(1, 3) : random.int(0, 2),
    lossYuan: `${random.int(1, 400) * 1000}.00`,
    isClosed: random.chance(0.8),
  };
}
