import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import type {
  CountyEvent,
  CreditRecord,
  Inspection,
  Licence,
  Payment,
  PenaltyCase,
  World,
} from '../../world/world.js';
import { itemAt } from '../world-lookups.js';
import { type DecodedRow, refsOfSubject } from './decoded-rows.js';

/** What the world says of a row's subject, as `describeRow` says it of the row. */
function subjectOf(world: World, row: DecodedRow, pointer: Inspection['subject']): string | null {
  if (pointer === null) return null;
  const refs = refsOfSubject(world, pointer);
  const [first] = refs;
  return row.subject !== null && refs.includes(row.subject) ? row.subject : (first ?? 'nobody');
}

const names = (world: World, officers: readonly number[]): string[] =>
  officers.map((index) => itemAt(world.officers, index).name);

/** The facts of an inspection that answers are compared by, from the world. */
export function inspectionFacts(world: World, inspection: Inspection, row: DecodedRow) {
  return {
    subject: subjectOf(world, row, inspection.subject),
    date: inspection.date,
    checkedAt: `${inspection.date}T${inspection.time}+08:00`,
    kind: inspection.kind,
    results: inspection.unknownResult === null ? [...inspection.results] : ['UNKNOWN'],
    disposals: [...inspection.disposals],
    officers: names(world, inspection.officers),
    itemCode: inspection.itemCode,
    township: inspection.township,
    jointCheck: inspection.jointCheck,
  };
}

/** The facts of a case that answers are compared by, from the world. */
export function caseFacts(world: World, penaltyCase: PenaltyCase, row: DecodedRow) {
  const { stage, process, source, filedAt, decidedAt, servedAt, closedAt, publishedAt, publication } =
    penaltyCase;
  const { fine, confiscated, paid, paidAt, postponed, itemCode, team, township, name } = penaltyCase;
  return {
    subject: subjectOf(world, row, penaltyCase.subject),
    name,
    stage,
    process,
    source,
    filedAt,
    decidedAt,
    servedAt,
    closedAt,
    publishedAt,
    publication,
    penalties: [...penaltyCase.penalties],
    fine,
    confiscated,
    paid,
    paidAt,
    postponed,
    itemCode,
    team,
    township,
    officers: names(world, penaltyCase.officers),
  };
}

/** The facts of a licence that answers are compared by, from the world. */
export function licenceFacts(world: World, licence: Licence, row: DecodedRow) {
  const { type, number, validFrom, validTo, state } = licence;
  return { subject: subjectOf(world, row, licence.holder), type, number, validFrom, validTo, state };
}

/** The facts of a receipt that answers are compared by, from the world; numbers as `sameNumbers` gives them. */
export function paymentFacts(world: World, payment: Payment, row: DecodedRow) {
  const { number, department, decisionNo, date, paid, interest, channel, state } = payment;
  const subject = subjectOf(world, row, payment.payer);
  return sameNumbers({ subject, number, department, decisionNo, date, paid, interest, channel, state });
}

/** The facts of a credit record that answers are compared by, from the world; numbers as `sameNumbers` gives them. */
export function creditFacts(world: World, record: CreditRecord, row: DecodedRow) {
  const { number, kind, department, date, decisionNo, decidedAt, endsAt, status, grade, fine, reason } =
    record;
  const facts = { kind, department, status };
  const constants = Object.fromEntries(Object.entries(facts).filter(([name]) => row.values.has(name)));
  const subject = subjectOf(world, row, record.subject);
  return sameNumbers({
    ...{ subject, ...constants, number, date, decisionNo, decidedAt, endsAt, grade, fine, reason },
  });
}

/** Facts with their document number as numbers are compared: brackets, blanks and 第 do not count. */
export function sameNumbers<T extends { readonly decisionNo?: unknown }>(facts: T): T {
  const { decisionNo } = facts;
  return typeof decisionNo === 'string'
    ? { ...facts, decisionNo: normaliseDocumentNumber(decisionNo) }
    : facts;
}

const moment = (time: string | null): string | null => time && `${time.replace(' ', 'T')}+08:00`;

/** What every system that holds events writes of one. */
export function eventFacts(event: CountyEvent) {
  const { source, category, department, state, township, content, place } = event;
  return {
    ...{ source, category, department, state, township, place },
    date: event.createdAt.slice(0, 10),
    createdAt: moment(event.createdAt),
    acceptedAt: moment(event.acceptedAt),
    repliedAt: moment(event.repliedAt),
    closedAt: moment(event.closedAt),
    content: withoutPersonalNumbers(content),
  };
}

/** As the engine hides telephone and citizen numbers within a text. */
export function withoutPersonalNumbers(text: string): string {
  return text.replace(/\d{17}[\dX]|\d{11}/g, (number) => number.slice(0, 3).padEnd(number.length, '*'));
}

/** The same facts as a row gives them; lists that a cell leaves empty are null there. */
export function rowFacts(row: DecodedRow, like: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(like).map(([name, expected]) => {
      const value = name === 'subject' ? row.subject : (row.values.get(name) ?? null);
      return [name, value === null && Array.isArray(expected) ? [] : value];
    }),
  );
}
