import type { LegacyStore } from '../../demo/stores/legacy-table.js';
import type { Organisation } from '../../demo/world/world.js';
import type { HazardRows } from './hazard-service.js';

/** Firms that the new department knows; all are in the register of market subjects. */
export interface KnownFirms {
  readonly trader: Organisation;
  readonly depot: Organisation;
  readonly former: Organisation;
}

export function codeOf({ uscc, name }: Organisation): string {
  if (uscc === null) throw new Error(`Cannot place a licence: ${name} must have a credit code, but has none`);
  return uscc;
}

const COLUMNS = [
  'qymc',
  'tyshxydm',
  'xkzbh',
  'xkfw',
  'yxqqsrq',
  'yxqjzrq',
  'fzrq',
  'zzbfjg',
  'status',
  'unittype',
  'jyfs',
  'storaddr',
];

/** `whp_jyxkz` 危险化学品经营许可证 (domain §3.8), with dates as people type them, one of them cut off, and a code in small letters. */
export function emergencyStore({ trader, depot, former }: KnownFirms): LegacyStore {
  const rows = [
    [
      trader.name,
      codeOf(trader),
      '浙舟(嵊)安经字[2024]000012',
      '柴油[闭杯闪点≤60℃]',
      '2024年3月5日',
      '2027-03-04',
      '20240301',
      '嵊泗县应急管理局',
      '有效',
      '经营企业',
      '带储存设施',
      '菜园镇海滨路1号',
    ],
    [
      depot.name,
      codeOf(depot).toLowerCase(),
      '浙舟(嵊)安经字[2021]000007',
      '汽油、柴油',
      '2021-3-',
      '2024-02-29',
      '2021/3/1',
      '嵊泗县应急管理局',
      '1',
      '加油站',
      null,
      null,
    ],
    [
      former.name,
      codeOf(former),
      '浙舟(嵊)安经字[2019]000003',
      '油漆',
      '2019-06-01',
      '2022-05-31',
      null,
      '嵊泗县安全生产监督管理局',
      '已注销',
      '经营企业',
      '无储存',
      null,
    ],
  ];
  return {
    connection: 'emergency',
    tables: [
      {
        name: 'whp_jyxkz',
        columns: COLUMNS.map((name) => ({ name, type: 'text' })),
        primaryKey: ['xkzbh'],
        indexes: [['tyshxydm']],
        rows,
      },
    ],
  };
}

/** 重大事故隐患: one closed before it was established, one whose day is lost; a name that GBK lacks. */
export function hazardRows({ trader, depot }: KnownFirms): HazardRows {
  const basis = '《工贸企业重大事故隐患判定标准》第五条';
  const by = '嵊泗县应急管理局';
  return new Map([
    [
      codeOf(trader),
      [
        {
          yhbh: 'YH202500031',
          tyshxydm: codeOf(trader),
          czzdaqyhnr: '㟙岙油库储罐区<2号罐>未设防火堤 & 未设报警装置',
          rdsj: '2025年9月3日',
          rdyj: basis,
          rdjg: by,
          xasj: '2025-08-30',
        },
        {
          yhbh: 'YH202600002',
          tyshxydm: codeOf(trader),
          czzdaqyhnr: '特种作业人员无证上岗',
          rdsj: '2026-1-',
          rdyj: basis,
          rdjg: by,
          xasj: null,
        },
      ],
    ],
    [
      codeOf(depot),
      [
        {
          yhbh: 'YH202400017',
          tyshxydm: codeOf(depot),
          czzdaqyhnr: '卸油口静电接地断开',
          rdsj: '20240618',
          rdyj: '',
          rdjg: by,
          xasj: '2024-07-01 09:30:00',
        },
      ],
    ],
  ]);
}
