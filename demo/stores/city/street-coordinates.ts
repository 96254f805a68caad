import type { CountyEvent } from '../../world/world.js';
import type { LegacyCell } from '../legacy-table.js';

/** About by how much GCJ-02 shifts a place in Shengsi, in degrees. */
const GCJ_SHIFT = { lon: 0.0044, lat: -0.0021 };
/** Gauss-Krüger with the false easting of zone 41 (central meridian 123°), as far as a forgetful export needs it. */
const ZONE = { meridian: 123, easting: 41_500_000, metresPerDegree: { lon: 95_700, lat: 110_900 } };

interface Coordinates {
  readonly X: LegacyCell;
  readonly Y: LegacyCell;
  readonly COORDSYS: LegacyCell;
}

/**
 * D19: WGS-84 in degrees as a rule; now and then the two changed over, from a commercial map (GCJ-02, which only the
 * datum tells), in metres of the planning bureau's projection, or none at all.
 */
export function coordinateCells({ lon, lat }: Pick<CountyEvent, 'lon' | 'lat'>, turn: number): Coordinates {
  switch (turn % 10) {
    case 3:
      return { X: lat.toFixed(6), Y: lon.toFixed(6), COORDSYS: 'WGS84' };
    case 5:
      return {
        X: (lon + GCJ_SHIFT.lon).toFixed(6),
        Y: (lat + GCJ_SHIFT.lat).toFixed(6),
        COORDSYS: turn % 20 === 5 ? 'GCJ02' : '火星坐标',
      };
    case 7:
      return {
        X: (ZONE.easting + (lon - ZONE.meridian) * ZONE.metresPerDegree.lon).toFixed(3),
        Y: (lat * ZONE.metresPerDegree.lat).toFixed(3),
        COORDSYS: 'CGCS2000',
      };
    case 9:
      return { X: '0', Y: '0', COORDSYS: null };
    default:
      return { X: lon.toFixed(6), Y: lat.toFixed(6), COORDSYS: turn % 10 === 1 ? '4326' : 'WGS84' };
  }
}
