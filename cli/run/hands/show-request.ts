import type { Ask, Found } from './found.js';
import { textTable } from './text-table.js';

interface Report {
  readonly id: string;
  readonly at: string;
  readonly memory: string;
  readonly caller: string | null;
  readonly role: string | null;
  readonly operation: string | null;
  readonly documentHash: string | null;
  readonly outcome: string;
  readonly errors: readonly string[];
  readonly cost: number | null;
  readonly tookMs: number;
  readonly origin: string | null;
  readonly level: string | null;
  readonly masks: readonly string[];
  readonly planMs: number | null;
  readonly steps: readonly Step[] | null;
  readonly calls: readonly Call[] | null;
  readonly omitted: number;
  readonly coverage: readonly {
    readonly interface: string;
    readonly state: string | null;
    readonly asOf: string | null;
    readonly reason: string | null;
  }[];
}

interface Step {
  readonly subgraph: string;
  readonly startMs: number;
  readonly tookMs: number;
  readonly outcome: string;
}

interface Call {
  readonly interface: string;
  readonly operation: string;
  readonly origin: string;
  readonly startMs: number;
  readonly tookMs: number;
  readonly rows: number;
  readonly outcome: string;
  readonly retries: number;
}

const REQUEST = `query HowItWent($id: ID!) { request(id: $id) {
  id at memory caller role operation registered documentHash outcome errors cost tookMs origin level masks planMs
  steps { subgraph startMs tookMs outcome } calls { interface operation origin startMs tookMs rows outcome retries } omitted
  coverage { interface state asOf reason } } }`;

/** How a request went, in the order in which one looks for what was slow or missing. */
export async function showRequest(ask: Ask, id: string): Promise<Found> {
  const { request } = await ask<{ request: Report | null }>(REQUEST, { id });
  return { value: request, lines: request === null ? [] : describe(request) };
}

function describe(report: Report): readonly string[] {
  const facts = [
    ['时间 at', report.at],
    ['调用者 caller', report.caller === null ? null : `${report.caller} (${report.role ?? '-'})`],
    ['操作 operation', report.operation],
    ['文档 document', report.documentHash],
    ['结果 outcome', [report.outcome, ...report.errors].join(' ')],
    ['毫秒 ms', tenths(report.tookMs)],
    ['计划毫秒 plan ms', report.planMs === null ? null : tenths(report.planMs)],
    ['开销 cost', report.cost],
    ['来自 from', [report.memory, report.origin].filter((word) => word !== null).join(' ')],
    ['级别 level', report.level],
    ['掩码 masked', report.masks.length === 0 ? null : report.masks.join(' ')],
  ] as const;
  const amiss = report.coverage.filter(({ state }) => state !== 'LIVE');
  return [
    ...textTable(['编号 id', report.id], facts),
    ...section(
      ['子图 subgraph', '始 start', '毫秒 ms', '结果 outcome'],
      (report.steps ?? []).map((one) => [one.subgraph, tenths(one.startMs), tenths(one.tookMs), one.outcome]),
    ),
    ...section(
      [
        '接口 interface',
        '调用 call',
        '来自 from',
        '始 start',
        '毫秒 ms',
        '行 rows',
        '重试 retries',
        '结果 outcome',
      ],
      (report.calls ?? []).map((one) => [
        one.interface,
        one.operation,
        one.origin,
        tenths(one.startMs),
        tenths(one.tookMs),
        one.rows,
        one.retries,
        one.outcome,
      ]),
    ),
    ...(report.omitted === 0 ? [] : [`… +${report.omitted}`]),
    '',
    `所据接口 rests on: ${report.coverage.length}`,
    ...section(
      ['接口 interface', '状态 state', '数据时间 as of', '说明 reason'],
      amiss.map((one) => [one.interface, one.state, one.asOf, one.reason]),
    ),
  ];
}

function section(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]) {
  return rows.length === 0 ? [] : ['', ...textTable(head, rows)];
}

function tenths(ms: number): string {
  return ms.toFixed(1);
}
