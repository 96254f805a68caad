import type { RowCondition } from '../../kinds/row-condition.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';

const [A, B] = ['91330922MA28K00156', '91330922MA2MGB577Q'] as const;

/** Plots, of which some belong to several owners. */
const MAPPING = `interface: planning.parcel
title: 宗地
owner: { department: planning }
facet: Subject.planning.parcels
source: { connection: planning, table: parcels }
key: [id]
subject: [{ scheme: uscc, column: owners, split: "、" }]
fields:
  areaMu: { column: area, type: Decimal, unit: 亩, classification: L1 }
  floors: { column: floors, type: Integer, classification: L1 }
limits: {}
`;

const STORE = `create table parcels (id integer primary key, owners text, area text, floors text);
insert into parcels values (1, '${A}', '9.5', '9'), (2, '${A}、${B}', '10', '10'), (3, '${B}', '100', '2'), (4, null, '5', null);`;

const withFeed = (work: (open: ReturnType<typeof openSmallDepartment>) => Promise<void>): Promise<void> =>
  withSqlite(STORE, (adapter) => work(openSmallDepartment([MAPPING], new Map([['planning', adapter]]))));

describe('rows of several subjects', () => {
  const tally = async ({ feed }: ReturnType<typeof openSmallDepartment>, where: RowCondition) => {
    const [part] = await feed.tally(
      { kind: null, where, by: [{ subject: true }], measures: [] },
      testContext(),
    );
    return Object.fromEntries((part?.data ?? []).map(({ key: [ref], count }) => [ref, count]));
  };

  it('count for each of them', () =>
    withFeed(async (open) => {
      expect(await tally(open, { all: [] })).toEqual({ [`uscc:${A}`]: 2, [`uscc:${B}`]: 2, null: 1 });
    }));

  it('are found by any of them', () =>
    withFeed(async ({ feed }) => {
      const held = `uscc~${A}、${B}`;
      for (const keys of [
        [`uscc:${A}`, held],
        [`uscc:${B}`, held],
      ]) {
        const [part] = await feed.page(
          { kind: null, where: { subject: keys }, orderBy: [], reversed: false, limit: 10, fields: [] },
          testContext(),
        );
        expect(part?.data?.rows.map(({ key }) => key[0])).toContain('2');
      }
    }));
});

describe('numbers that are no kind’s', () => {
  it.each<[RowCondition, readonly string[]]>([
    [{ field: 'areaMu', from: '10' }, ['2', '3']],
    [{ field: 'areaMu', to: '10.0' }, ['1', '2', '4']],
    [{ field: 'floors', from: '9', to: '10' }, ['1', '2']],
  ])('are compared by value: %j', (where, keys) =>
    withFeed(async ({ feed }) => {
      const order = [{ field: 'areaMu', direction: 'asc' as const }];
      const [part] = await feed.page(
        { kind: null, where, orderBy: order, reversed: false, limit: 10, fields: [] },
        testContext(),
      );
      expect(part?.data?.rows.map(({ key }) => key[0]).sort()).toEqual(keys);
    }),
  );

  it('are ordered by value', () =>
    withFeed(async ({ feed }) => {
      const [part] = await feed.page(
        {
          kind: null,
          where: { all: [] },
          orderBy: [{ field: 'areaMu', direction: 'desc' }],
          reversed: false,
          limit: 10,
          fields: [],
        },
        testContext(),
      );
      expect(part?.data?.rows.map(({ key }) => key[0])).toEqual(['3', '2', '1', '4']);
    }));
});
