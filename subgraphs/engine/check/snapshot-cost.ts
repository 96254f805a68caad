import type { CallContext } from '../../../runtime/call/call-context.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import type { ServedInterface } from '../read/served-interface.js';
import { askedKeysOf } from '../snapshot/keys/asked-keys.js';
import { shareOfReadings } from '../snapshot/keys/calls-left.js';
import { listKeys } from '../snapshot/keys/list-keys.js';

const MINUTES_PER_DAY = 1440;
const SECONDS_PER_DAY = 86_400;

/**
 * Says what the readings of a source that answers for keys alone cost it in calls a day, and whether what it grants is
 * enough: a note, or a warning.
 *
 * @param siblings every interface of its department that serves.
 */
export async function snapshotCost(
  { compiled }: ServedInterface,
  siblings: readonly ServedInterface[],
  context: CallContext,
): Promise<readonly Problem[]> {
  const { mapping, environment } = compiled;
  const rule = mapping.snapshot;
  const asked = askedKeysOf(mapping);
  if (rule?.keys === undefined || asked === null) return [];
  const { perMinute, perDay } = mapping.limits;
  const byMinutes =
    perMinute === undefined ? Number.POSITIVE_INFINITY : shareOfReadings(perMinute) * MINUTES_PER_DAY;
  const granted = Math.min(
    byMinutes,
    perDay === undefined ? Number.POSITIVE_INFINITY : shareOfReadings(perDay),
  );
  const readings = SECONDS_PER_DAY / rule.everySeconds;
  const fitting = Math.floor((granted / readings) * asked.perExchange);
  const fits = Number.isFinite(fitting)
    ? {
        zh: `限额的一半留给查询，另一半够 ${fitting} 个标识`,
        en: `half of its quota is left to queries, the other half is enough for ${fitting} keys`,
      }
    : { zh: '未设限额', en: 'it sets no quota' };
  const note = (severity: Problem['severity'], zh: string, en: string): readonly Problem[] => [
    {
      rule: 'snapshot-cost',
      severity,
      place: rule.keys?.place ?? rule.place,
      zh: `${zh}（${fits.zh}）。`,
      en: `${en} (${fits.en}).`,
    },
  ];
  const perCall = asked.perExchange;
  if (!('of' in rule.keys)) {
    return note(
      'note',
      `每 ${perCall} 个标识调用一次，标识数见登记索引`,
      `Readings ask for ${perCall} keys a call, as many as the register knows`,
    );
  }
  const sibling = (name: string): ServedInterface | null =>
    siblings.find((one) => one.compiled.mapping.interface === name) ?? null;
  const world = { sibling, personKey: environment.personKey };
  const { size } = await listKeys(rule.keys, asked, world, context);
  const calls = Math.ceil(Math.ceil(size / perCall) * readings);
  return note(
    size > fitting ? 'warning' : 'note',
    `读取 ${size} 个标识，每天约 ${calls} 次调用`,
    `Readings ask for ${size} keys, in about ${calls} calls a day`,
  );
}
