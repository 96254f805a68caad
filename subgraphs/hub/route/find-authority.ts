import type {
  ListedItem,
  RouteKnowledge,
  RouteQuestion,
  RouteReason,
  RouteRule,
  RouteWarning,
} from './route.js';
import type { RoutingFacts } from './routing-facts.js';

/** Whom the ordered rules name. */
export interface Found {
  /** `Department`. */
  readonly authority: string;
  /** In order; the last gave the authority. */
  readonly rules: readonly RouteRule[];
  /** The squad of the township handles it. */
  readonly byTownship: boolean;
  /** The department that hands clues over, and the one that gives technical support. */
  readonly handsOver: string | null;
  readonly supports: string | null;
  readonly warnings: readonly RouteWarning[];
}

interface NotFound {
  readonly reason: RouteReason;
  readonly rules: readonly RouteRule[];
}

type Answer = Found | NotFound;

const BUREAU = 'COMPREHENSIVE';
/** Powers that enforcement is about; with others the department in charge decides as always. */
const ENFORCEMENT: readonly string[] = ['PENALTY', 'COERCION', 'INSPECTION'];

/** The rules R0, R2 to R11 and R13 of domain §6.2. */
export function findAuthority(question: RouteQuestion, known: RouteKnowledge, facts: RoutingFacts): Answer {
  const { item, asOf, powerKind } = question;
  if (item === null) return unknown('ITEM_MISSING');
  if (known.items === null) return unknown('CATALOGUE_UNREACHABLE');
  const inForce = known.items.filter(
    ({ validFrom, validTo }) => validFrom <= asOf && (validTo === null || asOf <= validTo),
  );
  const listed = createListed(inForce);
  if (!ENFORCEMENT.includes(powerKind)) return approval(listed, known.items);
  if (question.place === null) return unknown(question.placeUnknown ?? 'PLACE_MISSING');
  const claimed = settleClaims(question);
  if (claimed !== null) return claimed;
  const before = beforeTransfer(question, known.items);
  if (before !== null) return before;
  if (!known.versions.some(({ list }) => list === BUREAU)) return unknown('NO_VERSION');
  if (inForce.length === 0) return unknown(known.items.length > 0 ? 'NOT_IN_FORCE' : 'UNLISTED_ITEM');
  return (
    special(question, listed, facts) ??
    marine(question, listed, facts) ??
    inspection(question, listed, known.teams) ??
    penalty(question, listed, known.teams) ??
    unknown('UNLISTED_ITEM')
  );
}

/** The rows of an item that are in force, by list. */
interface Listed {
  readonly all: readonly ListedItem[];
  in(list: string): ListedItem | undefined;
}

function createListed(all: readonly ListedItem[]): Listed {
  return { all, in: (name) => all.find(({ list }) => list === name) };
}

function unknown(reason: RouteReason, rules: readonly RouteRule[] = []): NotFound {
  return { reason, rules };
}

function found(authority: string, rules: readonly RouteRule[], more: Partial<Found> = {}): Found {
  return { authority, rules, byTownship: false, handsOver: null, supports: null, warnings: [], ...more };
}

/** R0: approvals, standards and the like are no enforcement. */
function approval({ all }: Listed, everRow: readonly ListedItem[]): Answer {
  const row = all.find(({ enforcedBy }) => enforcedBy !== BUREAU) ?? all[0];
  if (row === undefined) return unknown(everRow.length > 0 ? 'NOT_IN_FORCE' : 'UNLISTED_ITEM', ['LICENCE']);
  return found(row.transferredFrom ?? row.department, ['LICENCE']);
}

/** R11: whoever filed first keeps the case (行政处罚法 art. 25); two who want it, or nobody, go to the committee. */
function settleClaims({ claiming, declining, filedBy, powerKind }: RouteQuestion): Answer | null {
  const others = new Set(claiming.filter((department) => department !== filedBy));
  if (filedBy !== null && others.size > 0) {
    return found(filedBy, ['DISPUTE'], { warnings: ['DOUBLE_PENALTY'] });
  }
  if (powerKind === 'INSPECTION') return null;
  if (filedBy === null && others.size > 1) return unknown('POSITIVE_DISPUTE', ['DISPUTE']);
  if (filedBy === null && others.size === 0 && new Set(declining).size > 1) {
    return unknown('NEGATIVE_DISPUTE', ['DISPUTE']);
  }
  return null;
}

/** R13: a case that was filed before its item was moved stays with the department that handed the item over. */
function beforeTransfer({ filedAt, asOf }: RouteQuestion, items: readonly ListedItem[]): Answer | null {
  const moved = items.find(
    ({ list, validFrom, transferredFrom }) =>
      list === BUREAU &&
      transferredFrom !== null &&
      filedAt !== null &&
      filedAt < validFrom &&
      validFrom <= asOf,
  );
  return moved?.transferredFrom == null ? null : found(moved.transferredFrom, ['AFTER_TRANSFER']);
}

/** R2: central or provincial provision for a professional field goes before everything of the county. */
function special({ specialProvision }: RouteQuestion, { all }: Listed, facts: RoutingFacts): Answer | null {
  const provision = facts.special.find(({ field }) => all.some((row) => row.field === field));
  if (provision !== undefined) return found(provision.department, ['SPECIAL']);
  return specialProvision ? unknown('SPECIAL_UNKNOWN', ['SPECIAL']) : null;
}

/** R3: at sea, on vessels and in aquaculture the marine team, for items of its list. */
function marine({ place, marineObject }: RouteQuestion, { all }: Listed, facts: RoutingFacts): Answer | null {
  const row = all.find(({ list, enforcedBy }) => list === 'PROFESSIONAL' && enforcedBy === 'MARINE');
  const isAtSea = place?.township === null;
  if (row === undefined || !(isAtSea || marineObject)) return null;
  return facts.marine.fields.includes(row.field ?? '') ? found(row.department, ['MARINE']) : null;
}

/** R10: fixed objects are the department's directed checks; what a patrol meets goes the way of the penalty. */
function inspection(question: RouteQuestion, listed: Listed, teams: RouteKnowledge['teams']): Answer | null {
  if (question.powerKind !== 'INSPECTION') return null;
  const own = listed.all.find(({ enforcedBy }) => enforcedBy !== BUREAU && enforcedBy !== 'TOWNSHIP');
  const department = own?.department ?? listed.in(BUREAU)?.transferredFrom ?? null;
  if (question.fixedObject && department !== null) return found(department, ['INSPECTION']);
  const way = penalty(question, listed, teams);
  if (way !== null) return { ...way, rules: ['INSPECTION', ...way.rules] };
  // What is an item of supervision alone, whoever the list names patrols.
  const [row] = listed.all;
  if (row === undefined) return null;
  return found(row.department, ['INSPECTION'], { byTownship: row.department === BUREAU });
}

/** R4 to R9; coercion follows the power to penalise (I3). */
function penalty(question: RouteQuestion, listed: Listed, teams: RouteKnowledge['teams']): Answer | null {
  const township = question.place?.township ?? null;
  const county = listed.in(BUREAU);
  const town = listed.all.find((row) => row.list === 'TOWNSHIP' && row.township === township);
  if (town !== undefined)
    return split(county, found(town.department, ['TOWNSHIP_OWN'], { byTownship: true }));
  if (county !== undefined) {
    const hasTownTeam = teams?.some(
      ({ kind, coverage }) => kind === 'TOWNSHIP' && coverage.includes(township ?? ''),
    );
    const rule: RouteRule = hasTownTeam === true ? 'TOWNSHIP_BUREAU' : 'DISPATCHED';
    return split(county, found(BUREAU, [rule], { byTownship: township !== null }));
  }
  const professional = listed.in('PROFESSIONAL');
  if (professional !== undefined) return found(professional.department, ['PROFESSIONAL']);
  const power = listed.in('POWER');
  if (power === undefined) return null;
  return found(power.department, ['RETURNED'], { warnings: ['RETURNED_TO_DEPARTMENT'] });
}

/**
 * R8: of an item that was moved in part the department supervises and hands over what it finds, as the boundary says;
 * without a boundary nobody can tell. Of one that was moved wholly it gives technical support.
 */
function split(county: ListedItem | undefined, way: Found): Answer {
  if (county?.scope !== 'PARTIAL') return { ...way, supports: county?.transferredFrom ?? null };
  if (county.dutyBoundary === null) return unknown('BOUNDARY_UNCLEAR', [...way.rules, 'PARTIAL', 'DISPUTE']);
  return { ...way, rules: [...way.rules, 'PARTIAL'], handsOver: county.transferredFrom };
}
