import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { isIsoDay } from '../../values/dates/calendar.js';
import type { Townships } from '../../values/places/townships.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { badInput } from '../filter/bad-input.js';
import type { Hub } from '../hub.js';
import { selectionOf } from '../rows/selection.js';
import { decideRoute } from './decide-route.js';
import { wordsOf } from './messages.js';
import { readKnowledge } from './read-knowledge.js';
import { createPlaceReader, type PlaceArgument } from './read-place.js';
import type { ListVersion, Route, RouteQuestion } from './route.js';
import type { RoutingFacts } from './routing-facts.js';

/** What routing needs of the county's own files. */
export interface RoutingReference {
  readonly townships: Townships;
  readonly facts: RoutingFacts;
}

interface RouteArguments {
  readonly item?: string | null;
  readonly powerKind: string;
  readonly place?: PlaceArgument | null;
  readonly marineObject: boolean;
  readonly fixedObject: boolean;
  readonly criminalSuspicion: boolean;
  readonly specialProvision: boolean;
  readonly serious: boolean;
  readonly claiming?: readonly string[] | null;
  readonly declining?: readonly string[] | null;
  readonly filedBy?: string | null;
  readonly filedAt?: string | null;
  readonly asOf?: string | null;
}

type RouteNode = Omit<Route, 'reasons' | 'warnings'> & {
  readonly reasons: readonly { readonly code: string; readonly words: string }[];
  readonly warnings: readonly { readonly code: string; readonly words: string }[];
  readonly catalogue: readonly ListVersion[];
  readonly asOf: string;
  readonly coverage: readonly InterfaceCoverage[];
};

/** `Query.route`. */
export function routeResolver(hub: Hub, { townships, facts }: RoutingReference) {
  const readPlace = createPlaceReader(townships, facts);
  return async (
    _parent: unknown,
    args: RouteArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ): Promise<RouteNode> => {
    const question = readQuestion(args, readPlace(args.place), context.today);
    const { known, coverage } = await readKnowledge(hub, question.item, question.asOf, context);
    tellCoverage(coverage, selectionOf(info).has('coverage'), context, info);
    const route = decideRoute(question, known, facts);
    return {
      ...route,
      reasons: route.reasons.map((code) => ({ code, words: wordsOf(code) })),
      warnings: route.warnings.map((code) => ({ code, words: wordsOf(code) })),
      catalogue: known.versions,
      asOf: question.asOf,
      coverage,
    };
  };
}

function readQuestion(args: RouteArguments, place: RouteQuestion['place'], today: string): RouteQuestion {
  const { item, claiming, declining, filedBy, filedAt, asOf, ...rest } = args;
  return {
    ...rest,
    place,
    item: item === null || item === undefined || item.trim() === '' ? null : item,
    claiming: claiming ?? [],
    declining: declining ?? [],
    filedBy: filedBy ?? null,
    filedAt: readDay(filedAt, 'filedAt'),
    asOf: readDay(asOf, 'asOf') ?? today,
  };
}

function readDay(day: string | null | undefined, path: string): string | null {
  if (day === null || day === undefined) return null;
  if (isIsoDay(day)) return day;
  throw badInput(path, `应为日期 yyyy-MM-dd，实为 ${day}。`, `must be a day, yyyy-MM-dd, but is ${day}.`);
}
