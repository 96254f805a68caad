import { generateWorld } from '../../world/generate-world.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows, textOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { hotlineStore } from './hotline.js';

const world = generateWorld({ seed: 5, size: 'small' });
const store = hotlineStore(world);
const tickets = decodedRows(store, 'hotline/ticket.yaml', 'gd');
const complaints = [...world.complaints];

const moment = (time: string | null): string | null => time && `${time.replace(' ', 'T')}+08:00`;

describe('hotlineStore() after the mapping', () => {
  it('holds every ticket exactly once, as the world knows it', () => {
    expect(tickets.map((row) => textOf(row, 'gdbh')).sort()).toEqual(
      complaints.map(({ ticketNumber }) => ticketNumber).sort(),
    );
    const known = new Map(tickets.map((row) => [textOf(row, 'gdbh'), row]));
    for (const complaint of complaints) {
      const row = known.get(complaint.ticketNumber);
      if (row === undefined) throw new Error(`no row of ${complaint.ticketNumber}`);
      const { kind, source, category, state, satisfaction, township, department } = complaint;
      const facts = {
        kind,
        source,
        category,
        state,
        satisfaction,
        township,
        department,
        createdAt: moment(complaint.createdAt),
        acceptedAt: moment(complaint.acceptedAt),
        deadline: moment(complaint.deadline),
        repliedAt: moment(complaint.repliedAt),
        closedAt: moment(complaint.closedAt),
        handler: institutionOf(department).name,
      };
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('names the target of every ticket that has one, and nobody else', () => {
    const known = new Map(tickets.map((row) => [textOf(row, 'gdbh'), row]));
    const named = complaints.filter(({ target }) => target !== null);
    expect(named.length).toBeGreaterThan(200);
    for (const { ticketNumber, target } of complaints) {
      const subject = known.get(ticketNumber)?.subject ?? null;
      if (target !== null) expect(refsOfSubject(world, target)).toContain(subject);
    }
  });

  it('links tickets to the numbers of what they led to', () => {
    const inspections = new Map([...world.inspections].map(({ index, number }) => [index, number]));
    const cases = new Map([...world.cases].map(({ index, caseCode }) => [index, caseCode]));
    const known = new Map(tickets.map((row) => [textOf(row, 'gdbh'), row]));
    for (const complaint of complaints) {
      const values = known.get(complaint.ticketNumber)?.values;
      const { inspection, case: led } = complaint;
      expect(values?.get('inspectionNumber')).toBe(inspection === null ? null : inspections.get(inspection));
      expect(values?.get('caseNumber')).toBe(led === null ? null : cases.get(led));
    }
  });

  it('gives both rows of a ticket the same entry and target, by which they are asked for', () => {
    const asked = new Map<unknown, Set<string>>();
    const rows = tableRows(store, 'gd');
    for (const row of rows) {
      const key = row.get('gdbh');
      asked.set(key, (asked.get(key) ?? new Set()).add(`${row.get('lysj')} ${row.get('bfydxdm')}`));
    }
    expect([...asked.values()].every(({ size }) => size === 1)).toBe(true);
    expect(rows.length).toBeGreaterThan(asked.size + 20);
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects of the hotline', () => {
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['a target by its old number', (row) => /^\d{15}$/.test(textOf(row, 'bfydxdm'))],
    ['D2 D3 a target as typed', (row) => /[a-z０-９：()（]/.test(textOf(row, 'bfydxdm'))],
    ['D4 words for nothing', (row) => ['暂无', '无', 'null', 'undefined'].includes(textOf(row, 'bfydxdm'))],
    ['a target by its name alone', (row) => row.subject === null && textOf(row, 'bfydx') !== ''],
    ['D8 0000-00-00', (row) => textOf(row, 'bjsj').startsWith('0000')],
    ['D10 an islet', (row) => textOf(row, 'fsdd').includes('㟙')],
    ['D16 categories in words', (row) => textOf(row, 'sflb').includes('/')],
    ['D18 township in words', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
    ['satisfaction in words', (row) => textOf(row, 'myd') === '基本满意'],
  ])('%s', (_name, claim) => {
    expect(tickets.filter(claim).length).toBeGreaterThan(0);
  });
});
