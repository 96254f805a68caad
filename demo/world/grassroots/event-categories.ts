import type { ComplaintCategory, EventCategory } from '../world.js';

/** How the four platforms class what a ticket was about. */
export const CATEGORY_OF_TICKET: Readonly<Record<ComplaintCategory, EventCategory>> = {
  CATERING: 'MARKET',
  FOOD: 'MARKET',
  HOMESTAY: 'MARKET',
  FISHERY: 'FISHERY',
  TRANSPORT: 'TRAFFIC',
  ENVIRONMENT: 'ENVIRONMENT',
  MARKET: 'MARKET',
  CONSTRUCTION: 'BUILDING',
  HEALTH: 'SAFETY',
  OTHER: 'OTHER',
};

/** What the police pass on, and `Department` that it goes to. */
export const CALLS: readonly (readonly [EventCategory, string])[] = [
  ['DISPUTE', 'CIVIL_AFFAIRS'],
  ['DISPUTE', 'HUMAN_RESOURCES'],
  ['ENVIRONMENT', 'ENVIRONMENT'],
  ['STREET_ORDER', 'COMPREHENSIVE'],
  ['MARKET', 'MARKET'],
  ['FISHERY', 'MARINE'],
  ['SAFETY', 'EMERGENCY'],
  ['PUBLIC_SECURITY', 'PUBLIC_SECURITY'],
  ['FACILITY', 'CONSTRUCTION'],
  ['OTHER', 'COMPREHENSIVE'],
];

/** What inspectors of the streets report, and `Department` that it goes to. */
export const STREET_EVENTS: readonly (readonly [EventCategory, string])[] = [
  ['STREET_ORDER', 'COMPREHENSIVE'],
  ['STREET_ORDER', 'COMPREHENSIVE'],
  ['SANITATION', 'COMPREHENSIVE'],
  ['SANITATION', 'COMPREHENSIVE'],
  ['FACILITY', 'CONSTRUCTION'],
  ['BUILDING', 'COMPREHENSIVE'],
  ['ENVIRONMENT', 'ENVIRONMENT'],
];
