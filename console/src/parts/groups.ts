import type { Incident, Listed, Overview, State } from '../queries/forms.js';
import type { Tongue } from '../words/speak.js';

/** The interfaces of one department or platform. */
export interface Group {
  readonly department: string;
  readonly title: string;
  readonly interfaces: readonly Listed[];
}

/** What is worst comes first, and what nobody knows before what is well. */
export const STATES: readonly State[] = ['DOWN', 'AMISS', 'PAUSED', 'CUT_OFF', 'UNKNOWN', 'WELL'];

function urgencyOf(state: State | null): number {
  return STATES.indexOf(state ?? 'UNKNOWN');
}

/** The critical ones first, else as they are. */
export function byUrgency(incidents: readonly Incident[]): readonly Incident[] {
  const isCritical = ({ severity }: Incident): number => Number(severity === 'CRITICAL');
  return incidents.toSorted((left, right) => isCritical(right) - isCritical(left));
}

/** By department, in the order of their names; in each the worst first. */
export function groupInterfaces(
  interfaces: readonly Listed[],
  departments: Overview['departments'],
  tongue: Tongue,
): readonly Group[] {
  const byDepartment = groupBy(interfaces, ({ department }) => department);
  return [...byDepartment]
    .map(([department, own]) => ({
      department,
      title: titleOf(department, own, departments, tongue),
      interfaces: own.toSorted(
        (left, right) => urgencyOf(left.state) - urgencyOf(right.state) || (left.name < right.name ? -1 : 1),
      ),
    }))
    .toSorted((left, right) => left.title.localeCompare(right.title, 'zh-CN'));
}

/** Platforms are no departments of the law: they are called as most of their interfaces' titles begin. */
function titleOf(
  department: string,
  own: readonly Listed[],
  departments: Overview['departments'],
  tongue: Tongue,
): string {
  const known = departments.find(({ code }) => code === department.toUpperCase().replaceAll('-', '_'));
  if (known !== undefined) return tongue === 'zh' ? known.zh : known.en;
  const starts = groupBy(own, ({ title }) => splitTitle(title)[0]);
  const [most] = [...starts].toSorted(([, left], [, right]) => right.length - left.length);
  return most?.[0] || department;
}

/** As `Map.groupBy`, which browsers of offices may not have yet. */
function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** «市场监管局 · 行政检查» → whose it is, and what; a title without the dot says what alone. */
export function splitTitle(title: string): readonly [owner: string, what: string] {
  const cut = title.indexOf(' · ');
  return cut < 0 ? ['', title] : [title.slice(0, cut), title.slice(cut + 3)];
}

export function countStates(interfaces: readonly Pick<Listed, 'state'>[]): Readonly<Record<State, number>> {
  const counts = { DOWN: 0, AMISS: 0, PAUSED: 0, CUT_OFF: 0, UNKNOWN: 0, WELL: 0 };
  for (const { state } of interfaces) counts[state ?? 'UNKNOWN'] += 1;
  return counts;
}
