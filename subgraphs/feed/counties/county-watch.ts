import { GraphQLError } from 'graphql';
import { type CallContext, endingAt } from '../../../runtime/call/call-context.js';
import { isErrorCode } from '../../../runtime/errors.js';
import { inCounty, withinCounty } from '../../port/county-name.js';
import type { FeedWatch } from '../feed-watch.js';
import type { CountyLink } from './county-link.js';

/** How interfaces are is told beside much else: nobody waits longer for a county's part of it. Milliseconds. */
const WATCH_MS = 2000;

/**
 * What a county knows by watching its interfaces, by the names of this hub. What it says of others is left out.
 *
 * @throws one of `COUNTY_…` when the county does not answer in time, or with something else; it names the county.
 */
export function watchCounty(code: string, link: CountyLink): FeedWatch {
  const ask = async <T>(context: CallContext, read: (watch: FeedWatch, call: CallContext) => Promise<T>) => {
    const watch = link.feed()?.watch;
    if (watch === undefined || link.fault() !== null) throw link.errorOf('COUNTY_UNAVAILABLE');
    try {
      return await read(watch, endingAt(context, Date.now() + WATCH_MS));
    } catch (error) {
      const failed = error instanceof GraphQLError ? error.extensions.code : 'COUNTY_MALFORMED';
      throw link.errorOf(isErrorCode(failed) ? failed : 'COUNTY_UNAVAILABLE');
    }
  };
  const isKnown = (name: string): boolean => link.interfaces().some((info) => info.name === name);
  /** Of what a county says, what it may say, under its names here. */
  const named = <One extends { readonly interface: string }>(all: readonly One[]): readonly One[] =>
    all
      .map((one) => ({ ...one, interface: inCounty(code, one.interface) }))
      .filter((one) => isKnown(one.interface));
  return {
    health: async (context) => named(await ask(context, (watch, call) => watch.health(call))),
    serviceLevel: async (name, context) => {
      const own = withinCounty(code, name);
      return own === null ? null : ask(context, (watch, call) => watch.serviceLevel(own, call));
    },
    history: async (question, context) => {
      const own = withinCounty(code, question.interface);
      if (own === null) return [];
      return ask(context, (watch, call) => watch.history({ ...question, interface: own }, call));
    },
    incidents: async (question, context) => {
      const interfaces = question.interfaces?.flatMap((name) => withinCounty(code, name) ?? []);
      if (interfaces?.length === 0) return [];
      const asked = { ...question, ...(interfaces !== undefined && { interfaces }) };
      const found = await ask(context, (watch, call) => watch.incidents(asked, call));
      return named(found).slice(0, question.limit);
    },
  };
}
