import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DropReader } from '../../adapters/file/testing/drop-reader.js';
import {
  type DecodedRow,
  decodedRows,
  mappingOf,
  tableRows,
  textOf,
} from '../stores/testing/decoded-rows.js';
import { paymentFacts, rowFacts, sameNumbers } from '../stores/testing/expect-world.js';
import { itemAt } from '../stores/world-lookups.js';
import { addDays } from '../world/days.js';
import { generateWorld } from '../world/generate-world.js';
import { centsOfYuan } from '../world/yuan.js';
import { financeStore } from './finance.js';
import { writeDrops } from './write-drops.js';

const SEEDS = [1, 2, 3, 4, 5];
const LEDGER = 'finance/receipt.yaml';
const TABLE = '罚没缴款';
const worlds = SEEDS.map((seed) => generateWorld({ seed, size: 'tiny' }));
const ledgers = worlds.map((world) => decodedRows(financeStore(world), LEDGER, TABLE));

describe('payments of the world', () => {
  it.each(worlds.map((world) => [world.seed, world] as const))(
    'add up to what cases tell, seed %i',
    (_, world) => {
      const paid = new Map<number, number>();
      const last = new Map<number, string>();
      for (const payment of world.payments) {
        const cents = centsOfYuan(payment.paid) - centsOfYuan(payment.interest);
        paid.set(payment.case, (paid.get(payment.case) ?? 0) + cents);
        if (payment.state !== 'REFUNDED') last.set(payment.case, payment.date);
        expect(payment.date <= world.today).toBe(true);
      }
      for (const { index, paid: told, paidAt } of world.cases) {
        expect(paid.get(index) ?? 0).toBe(centsOfYuan(told ?? '0.00'));
        expect(last.get(index) ?? null).toBe(paidAt);
      }
    },
  );

  it('come in instalments, with interest up to the fine, and are given back, in some cases', () => {
    const payments = worlds.flatMap(({ payments: all }) => [...all]);
    const instalments = payments.filter(({ number }) => number.endsWith('02')).length;
    expect(instalments).toBeGreaterThan(3);
    expect(payments.some(({ paid }) => paid.startsWith('-'))).toBe(true);
    const charged = worlds.flatMap((world) =>
      [...world.payments]
        .filter(({ interest }) => interest !== '0.00')
        .map(({ interest, case: of }) => [centsOfYuan(interest), itemAt([...world.cases], of)] as const),
    );
    expect(charged.length).toBeGreaterThan(3);
    for (const [cents, { fine }] of charged) expect(cents).toBeLessThanOrEqual(centsOfYuan(fine ?? '0.00'));
  });
});

describe('financeStore() after the mapping', () => {
  it.each(SEEDS.map((seed, place) => [seed, place]))(
    'holds every payment exactly once, as the world knows it, seed %i',
    (_, place) => {
      const world = itemAt(worlds, place);
      const byNumber = new Map(itemAt(ledgers, place).map((row) => [row.values.get('number'), row]));
      const payments = [...world.payments];
      expect(itemAt(ledgers, place)).toHaveLength(payments.length);
      const codes = new Map([...world.cases].map(({ index, caseCode }) => [index, caseCode]));
      for (const payment of payments) {
        const row = byNumber.get(payment.number);
        if (row === undefined) throw new Error(`no row of ${payment.number}`);
        const code = codes.get(payment.case);
        const byCode = row.values.get('decisionNo') === code;
        const facts = paymentFacts(world, byCode ? { ...payment, decisionNo: code ?? '' } : payment, row);
        expect(sameNumbers(rowFacts(row, facts))).toEqual(facts);
      }
    },
  );

  it('reads every cell, but for words that mean nothing', () => {
    const marks = new Set(ledgers.flat().flatMap(({ quality }) => quality));
    expect([...marks].sort()).toEqual(['NULL_WORD:remarks']);
  });

  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D4 D7 nobody by number', (row) => row.subject === null && textOf(row, '缴款人证件号').includes('*')],
    ['a citizen who pays', (row) => row.subject?.startsWith('person:') === true],
    ['D8 Chinese date', (row) => textOf(row, '缴款日期').includes('年')],
    ['D17 ￥ and thousands', (row) => /^￥\d+,\d{3}/.test(textOf(row, '缴款金额'))],
    ['D17 below zero in brackets', (row) => textOf(row, '缴款金额').startsWith('(')],
    ['D17 below zero with its sign', (row) => textOf(row, '缴款金额').startsWith('￥-')],
    ['brackets of another kind', (row) => /[[【（(［]/.test(textOf(row, '处罚决定书文号'))],
    ['the number of the case', (row) => /^11330922/.test(textOf(row, '处罚决定书文号'))],
    ['D16 unusual word for a state', (row) => ['已缴', '1', '冲红'].includes(textOf(row, '入库状态'))],
    ['pending', (row) => row.values.get('state') === 'PENDING'],
  ])('%s', (_name, claim) => {
    expect(ledgers.flat().filter(claim).length).toBeGreaterThan(0);
  });

  it('has receipts twice, and voided ones that are hidden', () => {
    const rows = worlds.flatMap((world) => tableRows(financeStore(world), TABLE));
    const voided = rows.filter((row) => ['1', '是'].includes(String(row.get('作废标志'))));
    expect(voided.length).toBeGreaterThan(10);
    expect(rows.length - voided.length).toBeGreaterThan(ledgers.flat().length + 10);
  });
});

describe('the dropped ledger', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-finance-'));
  const reader = new DropReader();
  afterAll(async () => {
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['2026-06-30', '罚没缴款20260629.csv'],
    ['2026-07-01', '罚没缴款20260630.csv'],
  ])(
    'of the day before %s is accepted, its lines as they were and its count left out',
    async (today, file) => {
      const store = financeStore(itemAt(worlds, 0));
      expect(await writeDrops(store, folder, today)).toEqual([file]);
      const { key, latest } = mappingOf(LEDGER);
      const bytes = readFileSync(join(folder, file));
      const { outcome, rows } = await reader.read(file, bytes, { key, newest: latest?.newest ?? [] });
      expect(outcome).toMatchObject({
        kind: 'accepted',
        notes: expect.arrayContaining([expect.objectContaining({ code: 'remark-row' })]),
      });
      const cells = (row: Iterable<readonly [string, unknown]>) => Object.fromEntries(row);
      expect(rows.map(({ _sheet, _row, _received, ...row }) => row)).toEqual(
        tableRows(store, TABLE).map((row) => cells(row)),
      );
      const isUtf8 = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
      expect(isUtf8).toBe(addDays(today, -1).endsWith('30'));
    },
  );
});
