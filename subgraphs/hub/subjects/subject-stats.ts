import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectFilter, SubjectTally } from '../../feed/registry-port.js';
import { constantCase } from '../../kinds/surface/constant-case.js';
import { SUBJECT_TRAITS } from '../../kinds/surface/subject-traits.js';
import { isAbsent } from '../../port/interface-outcome.js';
import { aged } from '../fan/aged-fan.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { checkUpTo } from '../filter/bad-input.js';
import type { ListArguments } from '../filter/page-window.js';
import { readAge } from '../filter/read-age.js';
import { readOrderItems } from '../filter/read-order.js';
import type { Hub } from '../hub.js';
import { selectionOf } from '../rows/selection.js';
import { compareBucketKeys } from '../stats/bucket-order.js';
import { MAX_BUCKETS } from '../stats/stats-query.js';
import { askRegistry } from './ask-registry.js';
import { readSubjectCondition } from './read-subject-condition.js';
import { registryCoverage } from './registry-coverage.js';
import { semiJoin } from './semi-join.js';
import { createNotes } from './tally-clause.js';

interface SubjectStatsArguments
  extends Pick<ListArguments, 'where' | 'orderBy' | 'first' | 'maxAge' | 'else'> {
  readonly by: readonly string[];
}

interface SubjectStats {
  readonly buckets: readonly SubjectTally[];
  readonly bucketCount: number;
  readonly coverage: readonly InterfaceCoverage[];
}

/** `Query.subjectStats`: how many subjects `Query.subjects` would list, by what the register says of them. */
export function subjectStatsResolver(whole: Hub) {
  return async (
    _parent: unknown,
    { where, by, orderBy, first, ...age }: SubjectStatsArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ): Promise<SubjectStats> => {
    const hub = aged(whole, readAge(age));
    const limit = first === null || first === undefined ? undefined : checkUpTo(MAX_BUCKETS, 'first', first);
    const compare = compileBucketOrder(orderBy);
    const [condition, register] = await Promise.all([
      readSubjectCondition(hub, where, 'where', context),
      registryCoverage(hub, context),
    ]);
    const notes = createNotes(register);
    const isRegisterWhole = !register.some(isAbsent);
    const { ids } = await semiJoin(
      hub,
      condition,
      null,
      { notes, handOn: true, amounts: new Map(), named: false, isRegisterWhole },
      context,
    );
    const wanted: SubjectFilter = { ...condition.register, ...(ids !== null && { ids: [...ids] }) };
    const traits = by.flatMap((name) => SUBJECT_TRAITS.filter((trait) => constantCase(trait) === name));
    // To a registry an empty list of ids might mean anybody.
    const tallies =
      ids?.size === 0 ? [] : await askRegistry(() => hub.registry.tally(wanted, traits, context));
    const coverage = notes.coverage.list();
    tellCoverage(coverage, selectionOf(info).has('coverage'), context, info);
    const buckets = traits.length === 0 && tallies.length === 0 ? [{ key: [], count: 0 }] : [...tallies];
    return {
      buckets: buckets.sort(compare).slice(0, limit),
      bucketCount: buckets.length,
      coverage,
    };
  };
}

/** Buckets stand in the order of their keys where nothing else decides. */
function compileBucketOrder(
  orderBy: SubjectStatsArguments['orderBy'],
): (left: SubjectTally, right: SubjectTally) => number {
  const orders = orderBy === null || orderBy === undefined ? [] : readOrderItems(orderBy);
  return (left, right) => {
    for (const { field, direction } of orders) {
      const ascending = field === 'key' ? compareBucketKeys(left.key, right.key) : left.count - right.count;
      if (ascending !== 0) return direction === 'asc' ? ascending : -ascending;
    }
    return compareBucketKeys(left.key, right.key);
  };
}
