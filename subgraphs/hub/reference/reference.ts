import { type DocumentNode, Kind as NodeKind } from 'graphql';
import type { CountyName, CountyTownship } from '../../feed/counties/county-description.js';
import type { Hands } from '../../port/hands.js';
import type { RequestMemory } from '../../port/request-report.js';
import type { CodeLists } from '../../values/codes/code-list.js';
import type { WorkingDays } from '../../values/dates/working-days.js';
import type { RoutingReference } from '../route/routing-reference.js';
import type { PartsWatch } from './hub-watch.js';

/** What names mean, as the county's schema and code lists say. */
export interface Reference {
  readonly departments: readonly NamedCode[];
  townships(): readonly CountyTownship[];
  /** Those below this hub. */
  counties(): readonly CountyStanding[];
  readonly codeLists: CodeLists;
  /** The present moment by the county's clock. */
  now(): Date;
  readonly workingDays: Pick<WorkingDays, 'limitOf'>;
  readonly routing: RoutingReference;
  /** What is remembered of requests. Absent: nothing, in this process. */
  readonly requests?: RequestMemory;
  /** Absent: nothing can be changed through this process. */
  readonly hands?: Hands;
  /** Absent: this process watches interfaces alone. */
  readonly parts?: PartsWatch;
}

/** `County` of the schema. */
export interface CountyStanding extends CountyName {
  readonly state: 'LIVE' | 'MISSING';
  readonly reason: string | null;
}

interface NamedCode {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Values of an enum of `schema/canonical.graphql`, whose descriptions are «中文. English.» */
export function namesOfEnum(canonical: DocumentNode, name: string): readonly NamedCode[] {
  return canonical.definitions.flatMap((node) =>
    node.kind === NodeKind.ENUM_TYPE_DEFINITION && node.name.value === name
      ? (node.values ?? []).map((value) => {
          const [zh = '', ...english] = (value.description?.value ?? '').split('. ');
          return { code: value.name.value, zh, en: english.join('. ').replace(/\.$/, '') };
        })
      : [],
  );
}
