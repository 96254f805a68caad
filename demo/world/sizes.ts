import type { DemoSize } from './world.js';

/** How many of each a world has. */
export interface WorldCounts {
  /** Firms, and about half as many individual businesses. */
  readonly organisations: number;
  readonly persons: number;
  readonly vessels: number;
  readonly officersPerDepartment: number;
  readonly inspections: number;
  readonly cases: number;
  readonly portCalls: number;
  readonly complaints: number;
  readonly homestays: number;
  readonly scenicSpots: number;
}

/** `county`: 3,000 firms and 1,500 individual businesses; `province`: a million subjects in all. */
export const WORLD_COUNTS: Readonly<Record<DemoSize, WorldCounts>> = {
  tiny: {
    organisations: 42,
    persons: 60,
    vessels: 20,
    officersPerDepartment: 6,
    inspections: 250,
    cases: 60,
    portCalls: 120,
    complaints: 80,
    homestays: 16,
    scenicSpots: 5,
  },
  small: {
    organisations: 330,
    persons: 450,
    vessels: 150,
    officersPerDepartment: 8,
    inspections: 3_000,
    cases: 400,
    portCalls: 1_500,
    complaints: 800,
    homestays: 100,
    scenicSpots: 9,
  },
  county: {
    organisations: 4_500,
    persons: 6_000,
    vessels: 1_500,
    officersPerDepartment: 16,
    inspections: 30_000,
    cases: 4_000,
    portCalls: 15_000,
    complaints: 8_000,
    homestays: 1_000,
    scenicSpots: 13,
  },
  province: {
    organisations: 650_000,
    persons: 300_000,
    vessels: 50_000,
    officersPerDepartment: 400,
    inspections: 10_000_000,
    cases: 300_000,
    portCalls: 1_000_000,
    complaints: 200_000,
    homestays: 30_000,
    scenicSpots: 120,
  },
};
