import { CATERING, CLINIC, HAIRDRESSER, KARAOKE, LODGING, SHOP, TOURISM } from '../market/industries.js';
import type { ComplaintCategory, SubjectPointer } from '../world.js';
import type { WorldBase } from '../world-base.js';

/** As often as they come up. */
export const CATEGORIES: readonly ComplaintCategory[] = [
  ...(['CATERING', 'CATERING', 'CATERING', 'HOMESTAY', 'HOMESTAY', 'FISHERY', 'FISHERY'] as const),
  ...(['TRANSPORT', 'ENVIRONMENT', 'ENVIRONMENT', 'FOOD', 'MARKET', 'MARKET', 'CONSTRUCTION'] as const),
  ...(['HEALTH', 'OTHER', 'OTHER'] as const),
];

const OF_INDUSTRY: ReadonlyMap<string, ComplaintCategory> = new Map([
  [CATERING, 'CATERING'],
  [LODGING, 'HOMESTAY'],
  [SHOP, 'FOOD'],
  [CLINIC, 'HEALTH'],
  [HAIRDRESSER, 'HEALTH'],
  [KARAOKE, 'ENVIRONMENT'],
  [TOURISM, 'MARKET'],
  ['A0412', 'FISHERY'],
  ['A0411', 'FISHERY'],
  ['C1361', 'FOOD'],
  ['C3735', 'CONSTRUCTION'],
  ['G5511', 'TRANSPORT'],
]);

const HANDLERS: Readonly<Record<ComplaintCategory, string>> = {
  CATERING: 'MARKET',
  FOOD: 'MARKET',
  HOMESTAY: 'CULTURE',
  FISHERY: 'MARINE',
  TRANSPORT: 'TRANSPORT',
  ENVIRONMENT: 'ENVIRONMENT',
  MARKET: 'MARKET',
  CONSTRUCTION: 'COMPREHENSIVE',
  HEALTH: 'HEALTH',
  OTHER: 'COMPREHENSIVE',
};
const OF_HANDLER: ReadonlyMap<string, ComplaintCategory> = new Map([
  ['MARINE', 'FISHERY'],
  ['TRANSPORT', 'TRANSPORT'],
  ['ENVIRONMENT', 'ENVIRONMENT'],
  ['HEALTH', 'HEALTH'],
  ['MARKET', 'MARKET'],
]);

/** `Department` that answers tickets of a category which nobody was sent out for. */
export function handlerOf(category: ComplaintCategory): string {
  return HANDLERS[category];
}

/** What a ticket was about, judged by whom it names and by who came. */
export function categoryOf(
  { organisations }: WorldBase,
  subject: SubjectPointer | null,
  department: string,
): ComplaintCategory {
  if (subject?.kind === 'vessel') return department === 'TRANSPORT' ? 'TRANSPORT' : 'FISHERY';
  const industry = subject?.kind === 'organisation' ? organisations[subject.index]?.industry : undefined;
  return OF_INDUSTRY.get(industry ?? '') ?? OF_HANDLER.get(department) ?? 'OTHER';
}
