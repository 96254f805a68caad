import type { Kind } from '../../kinds/canonical.js';
import { publicationLate } from '../rows/publication-lag.js';
import {
  dateRange,
  decimalRange,
  expired,
  hasValue,
  isFlag,
  type LeafReader,
  oneOf,
  sameNumberAs,
  townshipIn,
  unpaid,
  valid,
} from './filter-leaves.js';

/** How the fields of each kind's filter are read, by their names in the schema. */
export const FILTER_FIELDS: {
  readonly [kind in Exclude<Kind, 'Subject'>]: Readonly<Record<string, LeafReader>>;
} = {
  Inspection: {
    department: oneOf('department'),
    date: dateRange('date'),
    kind: oneOf('kind'),
    result: oneOf('result'),
    disposals: oneOf('disposals'),
    township: townshipIn,
    jointCheck: isFlag('jointCheck'),
    number: sameNumberAs('number'),
    officer: oneOf('officers'),
    itemCode: oneOf('itemCode'),
  },
  Case: {
    department: oneOf('department'),
    stage: oneOf('stage'),
    process: oneOf('process'),
    source: oneOf('source'),
    filedAt: dateRange('filedAt'),
    decidedAt: dateRange('decidedAt'),
    decided: hasValue('decidedAt'),
    fine: decimalRange('fine'),
    unpaid,
    decisionNo: sameNumberAs('decisionNo'),
    caseCode: sameNumberAs('caseCode'),
    publication: oneOf('publication'),
    publicationLate,
    penalties: oneOf('penalties'),
    township: townshipIn,
    team: oneOf('team'),
  },
  Licence: {
    department: oneOf('department'),
    type: oneOf('type'),
    state: oneOf('state'),
    validTo: dateRange('validTo'),
    expired,
    valid,
    number: sameNumberAs('number'),
    township: townshipIn,
  },
  Complaint: {
    department: oneOf('department'),
    number: sameNumberAs('number'),
    kind: oneOf('kind'),
    source: oneOf('source'),
    category: oneOf('category'),
    date: dateRange('date'),
    state: oneOf('state'),
    township: townshipIn,
  },
};
