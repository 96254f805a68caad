import type { FeedAge, FeedOrder } from '../../feed/feed.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import type { PageWindow } from '../filter/page-window.js';
import type { SmallCells } from '../persons/small-cells.js';

/** What one list is asked for. */
export interface RowsQuery {
  readonly kind: RowKind;
  readonly where: RowCondition;
  readonly orderBy: readonly FeedOrder[];
  readonly window: PageWindow;
  /** It is the list of one subject, whom the reader adds to the filter. */
  readonly ofSubject: boolean;
  /** How old its rows may be. */
  readonly age?: FeedAge;
  /** What a cursor of this list is bound to. */
  readonly digest: string;
  /** Outcomes that the answer rests on besides its interfaces. */
  readonly also: readonly InterfaceOutcome[];
  /** How its number of rows is told; null: as it is. */
  readonly cells: SmallCells | null;
  /** Whether rows are shown at all. */
  readonly showsRows: boolean;
}
