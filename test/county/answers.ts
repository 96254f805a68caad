/** What the example queries answer, as far as the tests read it. */
interface Named {
  readonly id: string;
  readonly name: string | null;
  readonly kind: string;
  readonly township: string | null;
  readonly industry: string | null;
}

interface List<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
}

interface InspectionNode {
  readonly number: string;
  readonly department: string;
  readonly date: string;
  readonly kind: string;
}

export interface CaseNode {
  readonly id: string;
  readonly caseCode: string;
  readonly decisionNo: string | null;
  readonly department: string;
  readonly stage: string;
  readonly filedAt: string;
  readonly decidedAt: string | null;
  readonly fine: string | null;
  readonly paid: string | null;
  readonly unpaid: boolean;
  readonly subject: Named;
  readonly inspection: InspectionNode | null;
}

interface LicenceNode {
  readonly department: string;
  readonly type: string;
  readonly number: string;
  readonly township: string | null;
  readonly validTo: string | null;
  readonly state: string;
  readonly expired: boolean;
  readonly homestay: { readonly houseName: string; readonly beds: number } | null;
}

export interface PollutionPermitNode {
  readonly number: string;
  readonly subject: { readonly id: string; readonly identifiers: readonly string[] };
  readonly pollution: { readonly numberUscc: string; readonly quality: readonly string[] };
}

interface ComplaintNode {
  readonly number: string;
  readonly inspection: { readonly number: string } | null;
  readonly case: { readonly caseCode: string } | null;
}

export interface Position {
  readonly at: string;
  readonly longitude: string;
  readonly latitude: string;
  readonly speedKn: string;
  readonly courseDegrees: number;
  readonly signal: string;
}

interface Vehicle {
  readonly vehicleKind: string;
  readonly annualCheckTo: string;
}

interface SubjectNode extends Named {
  readonly inspections: List<InspectionNode>;
  readonly cases: List<CaseNode>;
  readonly licences: List<LicenceNode>;
  readonly complaints: List<ComplaintNode>;
  readonly portCalls: List<{
    readonly reportedAt: string;
    readonly direction: string;
    readonly port: string;
  }>;
  readonly register: {
    readonly legalPerson: {
      readonly name: string;
      readonly state: string;
      readonly established: string;
      readonly registeredCapital: string;
    };
  };
  readonly state: string | null;
  readonly owners: readonly Named[];
  readonly owned: readonly (Named & { readonly transport: { readonly vehicle: Vehicle | null } | null })[];
  readonly transport: { readonly companyVehicles: readonly Vehicle[] };
  readonly marine: {
    readonly latestPosition: Position | null;
  };
}

interface SubjectList extends List<SubjectNode> {
  readonly edges: readonly {
    readonly node: SubjectNode;
    readonly match: {
      readonly months: readonly string[];
      readonly owners: readonly Named[];
      readonly penalisedBy: readonly string[];
      readonly caseCount: number;
      readonly totalFine: string;
    };
  }[];
}

/** What a decision tells of itself, and what others know of it. */
interface OutcomeNode {
  readonly caseCode: string;
  readonly decisionNo: string | null;
  readonly payments: readonly unknown[];
  readonly creditRecords: readonly unknown[];
}

export interface LoopNode {
  readonly number: string;
  readonly event: {
    readonly number: string;
    readonly grassroots: { readonly steps: readonly { readonly at: string }[] };
    readonly inspection: (InspectionNode & { readonly case: OutcomeNode | null }) | null;
    readonly case: OutcomeNode | null;
  } | null;
  readonly inspection: { readonly number: string } | null;
  readonly case: { readonly caseCode: string } | null;
}

export interface Answers {
  readonly 'q01-everything-known': { readonly subject: SubjectNode };
  readonly 'q02-who-is-it': {
    readonly subjectCandidates: readonly { readonly matchKind: string; readonly subject: Named }[];
  };
  readonly 'q03-vessel': { readonly subject: SubjectNode };
  readonly 'q04-case-by-number': { readonly cases: List<CaseNode> };
  readonly 'q06-joint-check-candidates': { readonly subjects: SubjectList };
  readonly 'q07-homestays-without-permit': { readonly subjects: SubjectList };
  readonly 'q09-gone-but-licensed': { readonly subjects: SubjectList };
  readonly 'q10-penalised-by-many': { readonly subjects: SubjectList };
  readonly 'q11-complaints-by-township': {
    readonly complaintStats: {
      readonly buckets: readonly {
        readonly key: readonly string[];
        readonly count: number;
        readonly toInspection: number;
        readonly toInspectionRate: number;
        readonly toCase: number;
        readonly toCaseRate: number;
      }[];
    };
  };
  readonly 'q24-heat-map': {
    readonly eventStats: { readonly buckets: readonly unknown[] };
    readonly complaintStats: { readonly buckets: readonly unknown[] };
    readonly teams: List<{ readonly name: string; readonly coverage: readonly string[] }>;
  };
  readonly 'closed-loop-from-ticket': { readonly complaints: List<LoopNode> };
  readonly 'closed-loop-from-decision': {
    readonly cases: List<{
      readonly caseCode: string;
      readonly inspection: { readonly number: string } | null;
      readonly event: {
        readonly number: string;
        readonly complaint: {
          readonly number: string;
          readonly event: { readonly number: string };
        } | null;
      } | null;
    }>;
  };
  readonly 'q12-case-clock': { readonly cases: List<unknown> };
  readonly 'q13-unpublished-decisions': {
    readonly cases: List<{
      readonly caseCode: string;
      readonly decisionNo: string | null;
      readonly department: string;
      readonly decidedAt: string;
      readonly publishedAt: string | null;
      readonly publication: string;
      readonly publicationLagWorkingDays: number;
    }>;
  };
  readonly 'q15-repeat-visits': { readonly repeatVisits: { readonly buckets: readonly unknown[] } };
  readonly 'q21-fines-by-quarter': {
    readonly caseStats: {
      readonly buckets: readonly {
        readonly key: readonly string[];
        readonly count: number;
        readonly fine: string;
        readonly paid: string;
        readonly overdue: string;
      }[];
    };
  };
  readonly 'q23-foreign-permit-numbers': { readonly licences: List<PollutionPermitNode> };
}
