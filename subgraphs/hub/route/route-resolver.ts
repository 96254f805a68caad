import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { isIsoDay } from '../../values/dates/calendar.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import { tellCoverage } from '../fan/tell-coverage.js';
import { badInput } from '../filter/bad-input.js';
import type { Hub } from '../hub.js';
import { selectionOf } from '../rows/selection.js';
import { decideRoute } from './decide-route.js';
import { wordsOf } from './messages.js';
import { readKnowledge } from './read-knowledge.js';
import { createPlaceReader, type PlaceArgument } from './read-place.js';
import type { ListVersion, Route, RoutePlace, RouteQuestion, RouteReason } from './route.js';
import type { RoutingReference } from './routing-reference.js';

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
  /** Null: none was given, or it cannot be told. */
  readonly place: Pick<RoutePlace, 'township' | 'seaArea'> | null;
  readonly catalogue: readonly ListVersion[];
  readonly asOf: string;
  readonly coverage: readonly InterfaceCoverage[];
};

/** `Query.route`. */
export function routeResolver(hub: Hub, routing: RoutingReference) {
  const { facts } = routing;
  const readPlace = createPlaceReader(routing);
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
      place: shownPlace(question),
      catalogue: known.versions,
      asOf: question.asOf,
      coverage,
    };
  };
}

function shownPlace({ place }: RouteQuestion): RouteNode['place'] {
  return place === null ? null : { township: place.township, seaArea: place.seaArea };
}

function readQuestion(
  args: RouteArguments,
  place: RoutePlace | RouteReason | null,
  today: string,
): RouteQuestion {
  const { item, claiming, declining, filedBy, filedAt, asOf, ...rest } = args;
  return {
    ...rest,
    ...(typeof place === 'string' ? { place: null, placeUnknown: place } : { place }),
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
