/** One enforcement item in one edition of one list (domain §2.3). */
export interface CatalogueItem {
  readonly code: string;
  readonly name: string;
  /** `ItemList`, `PowerKind` and `ItemField` of schema/canonical.graphql. */
  readonly list: string;
  readonly powerKind: string;
  readonly field: string;
  /** `Department` that exercises it. */
  readonly department: string;
  /** `ItemEnforcer`. */
  readonly enforcedBy: string;
  /** `TransferScope`; null: it was never moved. */
  readonly scope: 'FULL' | 'PARTIAL' | null;
  /** Where duties divide, for items that were moved in part; null: nobody wrote it down. */
  readonly dutyBoundary: string | null;
  /** `Department`. */
  readonly transferredFrom: string | null;
  readonly legalBasis: string;
  /** Township that is empowered, 9 digits. */
  readonly township: string | null;
  readonly edition: string;
  /** `yyyy-MM-dd`. */
  readonly validFrom: string;
  /** Last day; null: no end. */
  readonly validTo: string | null;
}
