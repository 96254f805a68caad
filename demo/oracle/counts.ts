import type { Inspection, World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { kindOf } from './canonical-id.js';

interface InspectionCount {
  readonly key: readonly (string | null)[];
  readonly count: number;
}

/** Dimensions of the graph's `inspectionStats` that need nothing but the inspection. */
type InspectionDimension = 'DEPARTMENT' | 'YEAR' | 'MONTH' | 'KIND' | 'TOWNSHIP' | 'SUBJECT_KIND';

/** Inspections counted by dimensions; keys in the order of `by`, sorted. */
export function countInspections(
  world: World,
  by: readonly InspectionDimension[],
  where: (inspection: Inspection) => boolean = () => true,
): readonly InspectionCount[] {
  const counts = new Map<string, { key: (string | null)[]; count: number }>();
  for (const inspection of world.inspections) {
    if (!where(inspection)) continue;
    const key = by.map((dimension) => dimensionOf(world, inspection, dimension));
    const found = counts.get(JSON.stringify(key));
    if (found === undefined) counts.set(JSON.stringify(key), { key, count: 1 });
    else found.count += 1;
  }
  return [...counts.values()].sort((a, b) => compareTexts(JSON.stringify(a.key), JSON.stringify(b.key)));
}

function dimensionOf(world: World, inspection: Inspection, dimension: InspectionDimension): string | null {
  const { department, date, kind, township, subject } = inspection;
  switch (dimension) {
    case 'DEPARTMENT':
      return department;
    case 'YEAR':
      return date.slice(0, 4);
    case 'MONTH':
      return date.slice(0, 7);
    case 'KIND':
      return kind;
    case 'TOWNSHIP':
      return township;
    case 'SUBJECT_KIND':
      return subject === null ? null : kindOf(world, subject);
  }
}
