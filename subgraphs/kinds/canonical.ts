/**
 * The canonical kinds that interfaces contribute to the hub, field by field.
 * GraphQL spellings of the same live in `schema/canonical.graphql` and `subgraphs/hub/schema.graphql`.
 */
export type Kind = 'Subject' | 'Inspection' | 'Case' | 'Licence' | 'Complaint';

export const KINDS: readonly Kind[] = ['Subject', 'Inspection', 'Case', 'Licence', 'Complaint'];

/**
 * - `Date`: `yyyy-MM-dd`; `DateTime`: ISO 8601 at +08:00 with seconds; `Decimal`: text, yuan, two or more decimals
 * - `Code`: a value of the named enum; `Codes`: several, in source order
 * - `Text`, `Texts`, `Boolean`
 */
export type FieldType =
  | 'Date'
  | 'DateTime'
  | 'Decimal'
  | 'Integer'
  | 'Code'
  | 'Codes'
  | 'Text'
  | 'Texts'
  | 'Boolean';

export interface CanonicalField {
  readonly type: FieldType;
  /** Enum of `schema/canonical.graphql`, for `Code` and `Codes`. */
  readonly enum?: string;
  /** An interface that contributes this kind must map it. */
  readonly required?: true;
  /** May be named in `orderBy`. */
  readonly orders?: true;
  /** Compared after normalisation (brackets, width, leading zeros): `嵊综执罚决字〔2026〕第001号`. */
  readonly documentNumber?: true;
}

const inspection = {
  department: { type: 'Code', enum: 'Department', required: true },
  number: { type: 'Text', documentNumber: true },
  date: { type: 'Date', required: true, orders: true },
  checkedAt: { type: 'DateTime' },
  kind: { type: 'Code', enum: 'InspectionKind' },
  result: { type: 'Code', enum: 'InspectionResult', required: true },
  results: { type: 'Codes', enum: 'InspectionResult' },
  rawResult: { type: 'Text' },
  disposals: { type: 'Codes', enum: 'Disposal' },
  officers: { type: 'Texts' },
  certNos: { type: 'Texts' },
  itemCode: { type: 'Text' },
  township: { type: 'Text' },
  jointCheck: { type: 'Boolean' },
  reportedAt: { type: 'DateTime' },
  caseNumber: { type: 'Text', documentNumber: true },
} as const satisfies Record<string, CanonicalField>;

const caseFields = {
  department: { type: 'Code', enum: 'Department', required: true },
  caseCode: { type: 'Text', documentNumber: true },
  decisionNo: { type: 'Text', documentNumber: true },
  name: { type: 'Text' },
  stage: { type: 'Code', enum: 'CaseStage', required: true },
  process: { type: 'Code', enum: 'CaseProcess' },
  source: { type: 'Code', enum: 'CaseSource' },
  filedAt: { type: 'Date', orders: true },
  decidedAt: { type: 'Date', orders: true },
  servedAt: { type: 'Date' },
  closedAt: { type: 'Date' },
  publishedAt: { type: 'Date' },
  publication: { type: 'Code', enum: 'PublicationStatus' },
  penalties: { type: 'Codes', enum: 'PenaltyKind' },
  fine: { type: 'Decimal' },
  confiscated: { type: 'Decimal' },
  paid: { type: 'Decimal' },
  paidAt: { type: 'Date' },
  /** The fine may be paid later by approval (行政处罚法 art. 66). */
  postponed: { type: 'Boolean' },
  itemCode: { type: 'Text' },
  officers: { type: 'Texts' },
  team: { type: 'Text' },
  township: { type: 'Text' },
  inspectionNumber: { type: 'Text', documentNumber: true },
} as const satisfies Record<string, CanonicalField>;

const licence = {
  department: { type: 'Code', enum: 'Department', required: true },
  type: { type: 'Code', enum: 'LicenceType', required: true },
  number: { type: 'Text', documentNumber: true },
  name: { type: 'Text' },
  validFrom: { type: 'Date' },
  /** Null: no end. */
  validTo: { type: 'Date', orders: true },
  state: { type: 'Code', enum: 'LicenceState' },
  issuer: { type: 'Text' },
  /** Of the premises, which need not be where the holder is registered. */
  township: { type: 'Text' },
} as const satisfies Record<string, CanonicalField>;

const complaint = {
  /** Who has to deal with it (承办单位). */
  department: { type: 'Code', enum: 'Department', required: true },
  number: { type: 'Text', documentNumber: true },
  kind: { type: 'Code', enum: 'ComplaintKind', required: true },
  source: { type: 'Code', enum: 'ComplaintSource' },
  category: { type: 'Code', enum: 'ComplaintCategory' },
  createdAt: { type: 'DateTime' },
  /** The day of `createdAt`. */
  date: { type: 'Date', required: true, orders: true },
  acceptedAt: { type: 'DateTime' },
  deadline: { type: 'DateTime' },
  repliedAt: { type: 'DateTime' },
  closedAt: { type: 'DateTime' },
  state: { type: 'Code', enum: 'ComplaintState' },
  /** As the source grades it, 1 (worst) to 5. */
  satisfaction: { type: 'Integer' },
  township: { type: 'Text' },
  place: { type: 'Text' },
  /** The caller's words; a mapping says that telephone and citizen numbers are to be hidden. */
  content: { type: 'Text' },
  targetName: { type: 'Text' },
  inspectionNumber: { type: 'Text', documentNumber: true },
  caseNumber: { type: 'Text', documentNumber: true },
} as const satisfies Record<string, CanonicalField>;

const subject = {
  name: { type: 'Text', required: true },
  formerNames: { type: 'Texts' },
  kind: { type: 'Code', enum: 'SubjectKind', required: true },
  township: { type: 'Text' },
  /** GB/T 4754-2017, section letter and digits. */
  industry: { type: 'Text' },
  state: { type: 'Code', enum: 'SubjectState' },
} as const satisfies Record<string, CanonicalField>;

export const CANONICAL: { readonly [kind in Kind]: Readonly<Record<string, CanonicalField>> } = {
  Subject: subject,
  Inspection: inspection,
  Case: caseFields,
  Licence: licence,
  Complaint: complaint,
};
