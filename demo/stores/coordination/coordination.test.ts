import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { disputeLedgerStore } from '../../drops/dispute-ledger.js';
import { disputesOf } from '../../world/coordination/make-disputes.js';
import { type Transfer, transfersOf } from '../../world/coordination/make-transfers.js';
import { generateWorld } from '../../world/generate-world.js';
import type { World } from '../../world/world.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type DecodedRow, decodedRows, refsOfSubject } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { coordinationStore } from './coordination.js';
import { reasonOf, receiverOf } from './transfer-table.js';

/** Numbers are compared in any spelling. */
const same = (value: unknown): unknown =>
  typeof value === 'string' ? normaliseDocumentNumber(value) : value;

describe.each([1, 2, 3, 4, 5])('the coordination committee’s stores after the mappings, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = coordinationStore(world);
  const cases = [...world.cases];
  const inspections = [...world.inspections];

  it('hold every transfer exactly once, as the world knows it', () => {
    const rows = decodedRows(store, 'coordination/transfer.yaml');
    const facts = transfersOf(world).map((transfer, place) => factsOf(world, transfer, rows[place]));
    expect(facts.length).toBeGreaterThan(3);
    const shown = rows.map((row) => {
      const { number, inspectionNumber, caseNumber, ...rest } = rowFacts(row, facts[0] ?? {});
      return {
        ...rest,
        number: same(number),
        inspectionNumber: same(inspectionNumber),
        caseNumber: same(caseNumber),
      };
    });
    expect(shown).toEqual(facts);
    const flags = new Set(rows.flatMap(({ quality }) => quality.map((flag) => flag.split(':')[0])));
    expect([...flags].filter((flag) => flag !== 'NULL_WORD')).toEqual([]);
  });

  function factsOf({ cases: _cases }: World, transfer: Transfer, row: DecodedRow | undefined) {
    const penaltyCase = transfer.case === null ? undefined : cases[transfer.case];
    const own = [penaltyCase?.caseCode, penaltyCase?.decisionNo].map(same);
    const cell = same(row?.values.get('caseNumber') ?? null);
    const refs = transfer.subject === null ? [] : refsOfSubject(world, transfer.subject);
    return {
      number: same(transfer.number),
      inspectionNumber: transfer.inspection === null ? null : same(inspections[transfer.inspection]?.number),
      // Either number of the case may stand there.
      caseNumber: penaltyCase === undefined ? null : own.includes(cell) ? cell : own[0],
      department: transfer.department,
      kind: transfer.kind,
      counterparty: receiverOf(transfer),
      to: transfer.to,
      reason: reasonOf(transfer),
      reportedAt: transfer.reportedAt,
      approvedAt: transfer.approvedAt,
      date: transfer.sentOn,
      acceptedAt: transfer.acceptedAt,
      repliedAt: transfer.repliedAt,
      result: transfer.result,
      subject:
        row?.subject !== null && row !== undefined && refs.includes(row.subject)
          ? row.subject
          : (refs[0] ?? null),
    };
  }

  it('hold every dispute exactly once, as the world knows it', () => {
    const facts = disputesOf(world).map((dispute) => ({
      department: dispute.parties[0],
      number: dispute.number,
      kind: dispute.kind,
      parties: [...dispute.parties],
      itemCode: dispute.itemCode,
      matter: dispute.matter,
      township: dispute.township,
      date: dispute.raisedAt,
      decidedAt: dispute.decidedAt,
      designated: dispute.designated,
      state: dispute.state,
      amendedAt: dispute.amendedAt,
      partyNames: dispute.parties.map((party) => institutionOf(party).spellings[0]),
    }));
    const rows = decodedRows(disputeLedgerStore(world), 'coordination/dispute.yaml', '执法职责争议台账');
    expect(rows.map((row) => rowFacts(row, facts[0] ?? {}))).toEqual(facts);
  });

  it('fit their columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

it('has transfers of every kind, late and unanswered ones too', () => {
  const all = transfersOf(generateWorld({ seed: 7, size: 'small' }));
  expect(new Set(all.map(({ kind }) => kind))).toEqual(
    new Set(['CASE', 'CLUE', 'CRIMINAL', 'BACK', 'COURT']),
  );
  expect(all.some(({ repliedAt }) => repliedAt === null)).toBe(true);
  expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
});
