/** What a county says to a combination; the naive evaluation gives the same. */
export type Answer = ListAnswer | StatsAnswer | Refusal;

export interface ListAnswer {
  readonly is: 'list';
  readonly totalCount: number;
  /** Ids of the rows of each page, in the order of the list, and whether more follow in the direction of the walk. */
  readonly pages: readonly { readonly ids: readonly string[]; readonly hasMore: boolean }[];
}

export interface StatsAnswer {
  readonly is: 'stats';
  readonly bucketCount: number;
  /** `key`, `count` and whatever was measured, by the names of the schema. */
  readonly buckets: readonly Readonly<Record<string, unknown>>[];
}

export interface Refusal {
  readonly is: 'refused';
  /** Of docs/errors.md. */
  readonly code: string;
}
