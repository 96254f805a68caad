import type { Ask, Found } from './found.js';
import { HELD_BACK, type HeldBack, wordHeldBack } from './held-back.js';
import { textTable } from './text-table.js';

interface Measured {
  readonly measure: string;
  readonly about: string | null;
  readonly value: number;
  readonly unit: string;
  readonly threshold: number | null;
  readonly takenAt: string;
}

interface Listed extends HeldBack {
  readonly name: string;
  readonly title: string;
  readonly state: string | null;
  readonly since: string | null;
  readonly standing: {
    readonly state: string;
    readonly asOf: string | null;
    readonly reason: string | null;
  } | null;
  readonly drift: Drift | null;
}

interface Drift {
  readonly missing: number;
  readonly retyped: number;
  readonly added: number;
  readonly lookedAt: string;
}

const FIELDS = `name title state since standing { state asOf reason } ${HELD_BACK} drift { missing retyped added lookedAt }`;

/** All interfaces that are for the caller. */
export async function showInterfaces(ask: Ask): Promise<Found> {
  const { interfaces } = await ask<{ interfaces: readonly Listed[] }>(
    `query Status { interfaces { ${FIELDS} } }`,
  );
  const rows = interfaces.map((one) => [
    one.name,
    one.title,
    one.state ?? one.standing?.state ?? null,
    one.since,
    one.standing?.asOf ?? null,
    reasonOf(one),
  ]);
  return {
    value: interfaces,
    lines: textTable(
      ['接口 interface', '名称 title', '状态 state', '始于 since', '数据时间 as of', '说明 reason'],
      rows,
    ),
  };
}

/** One interface with what is measured of it. */
export async function showInterface(ask: Ask, name: string): Promise<Found> {
  const { interfaces } = await ask<{
    interfaces: readonly (Listed & { readonly measurements: readonly Measured[] | null })[];
  }>(
    `query StatusOfOne($name: String!) { interfaces(name: [$name]) {
      ${FIELDS} measurements { measure about value unit threshold takenAt } } }`,
    { name },
  );
  const [one] = interfaces;
  if (one === undefined) return { value: null, lines: [] };
  const rows = (one.measurements ?? []).map((measured) => [
    measured.measure,
    measured.about,
    measured.value,
    measured.unit,
    measured.threshold,
    measured.takenAt,
  ]);
  return {
    value: one,
    lines: [
      `${one.name} ${one.title}: ${one.state ?? one.standing?.state ?? '-'}`,
      ...(one.since === null ? [] : [`始于 since ${one.since}`]),
      ...(reasonOf(one) === null ? [] : [`${reasonOf(one)}`]),
      '',
      ...textTable(
        ['测量 measure', '所指 about', '值 value', '单位 unit', '界限 threshold', '时间 taken at'],
        rows,
      ),
    ],
  };
}

/** How the columns of one changed. */
export async function showDrift(ask: Ask, name: string): Promise<Found> {
  const { interfaces } = await ask<{
    interfaces: readonly (Listed & { readonly incidents: readonly Change[] | null })[];
  }>(
    `query Drift($name: String!) { interfaces(name: [$name]) {
      ${FIELDS} incidents(first: 20) { cause about detail since until } } }`,
    { name },
  );
  const [one] = interfaces;
  if (one === undefined) return { value: null, lines: [] };
  const changes = (one.incidents ?? []).filter(({ cause }) => CHANGES.has(cause));
  const { drift } = one;
  return {
    value: { name, drift, changes },
    lines:
      drift === null
        ? [`${name}: 尚未查看 nobody has looked`]
        : [
            ...textTable(
              ['缺失 missing', '改类型 retyped', '新增 new', '查看于 looked at'],
              [[drift.missing, drift.retyped, drift.added, drift.lookedAt]],
            ),
            ...(changes.length === 0
              ? []
              : [
                  '',
                  ...textTable(
                    ['原因 cause', '所指 about', '始于 since', '止于 until', '情况 detail'],
                    changes.map(({ cause, about, since, until, detail }) => [
                      cause,
                      about,
                      since,
                      until,
                      detail,
                    ]),
                  ),
                ]),
          ],
  };
}

interface Change {
  readonly cause: string;
  readonly about: string | null;
  readonly detail: string;
  readonly since: string;
  readonly until: string | null;
}

const CHANGES: ReadonlySet<string> = new Set([
  'COLUMN_MISSING',
  'COLUMN_RETYPED',
  'CODES_UNKNOWN',
  'CODES_SWAPPED',
]);

function reasonOf(one: Listed): string | null {
  return wordHeldBack(one) ?? one.standing?.reason ?? null;
}
