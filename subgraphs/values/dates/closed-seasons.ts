/** A stretch of one year in which certain gear may not be used. */
export interface ClosedSeason {
  /** Values of `FishingGear`. */
  readonly gears: readonly string[];
  /** ISO 8601 at +08:00: the first moment that is closed, and the first that is open again. */
  readonly from: string;
  readonly until: string;
}

/** What is known of one year: of a gear in neither list, nothing. */
export interface SeasonsOfYear {
  readonly year: number;
  readonly closed: readonly ClosedSeason[];
  /** Gear without a closed season. */
  readonly open: readonly string[];
}

export interface ClosedSeasons {
  readonly seasons: readonly ClosedSeason[];
  /**
   * Whether gear may not be used at a moment; null where nothing is known of it in that year.
   *
   * @param moment ISO 8601 at +08:00.
   */
  isClosed(gear: string, moment: string): boolean | null;
}

/** @param years each once; a gear stands once in a year. */
export function createClosedSeasons(years: readonly SeasonsOfYear[]): ClosedSeasons {
  const byYear = new Map(
    years.map(({ year, closed, open }) => [
      String(year),
      new Map<string, ClosedSeason | null>([
        ...open.map((gear) => [gear, null] as const),
        ...closed.flatMap((season) => season.gears.map((gear) => [gear, season] as const)),
      ]),
    ]),
  );
  return {
    seasons: years.flatMap(({ closed }) => closed),
    isClosed: (gear, moment) => {
      const season = byYear.get(moment.slice(0, 4))?.get(gear);
      if (season === undefined) return null;
      return season !== null && season.from <= moment && moment < season.until;
    },
  };
}
