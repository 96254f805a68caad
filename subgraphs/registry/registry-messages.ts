import { z } from 'zod';
import type { CallContext } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import {
  type RegistryPort,
  SUBJECT_STATES,
  type SubjectFilter,
  type SubjectPageRequest,
  type SubjectTraits,
} from '../feed/registry-port.js';
import { ROW_KINDS } from '../kinds/kinds.js';
import { SUBJECT_ORDERS, SUBJECT_TRAITS } from '../kinds/surface/subject-traits.js';
import { COVERAGE_STATES } from '../port/interface-outcome.js';

/** The registry's port as messages, for a hub on another machine. */

/** More in one message would hold up everybody else. */
const MAX_REFS = 100_000;
const MAX_LIMIT = 10_000;

const role = z.enum(['OWNER', 'LEGAL_REPRESENTATIVE', 'CAPTAIN']);
const kind = z.enum([
  'ORGANISATION',
  'INDIVIDUAL_BUSINESS',
  'PERSON',
  'VESSEL',
  'VEHICLE',
  'SITE',
  'UNKNOWN',
]);
const state = z.enum(SUBJECT_STATES);
const refs = z.array(z.string()).max(MAX_REFS);
const limit = z.int().min(0).max(MAX_LIMIT);

const present = z.boolean().exactOptional();
const traits = {
  kinds: z.array(kind).exactOptional(),
  states: z.array(state).exactOptional(),
  townships: z.array(z.string()).exactOptional(),
  industries: z.array(z.string()).exactOptional(),
  industryStartsWith: z.string().exactOptional(),
  present: z.strictObject({ state: present, township: present, industry: present }).exactOptional(),
  names: z.array(z.string()).exactOptional(),
  nameContains: z.array(z.string()).exactOptional(),
  nameStartsWith: z.string().exactOptional(),
  get all() {
    return z.array(nested).exactOptional();
  },
  get any() {
    return z.array(nested).exactOptional();
  },
  get not() {
    return nested.exactOptional();
  },
};
const nested: z.ZodType<SubjectTraits> = z.lazy(() => z.strictObject(traits));

const filter = z.strictObject({
  ...traits,
  ids: refs.exactOptional(),
  relatedTo: z.strictObject({ role, ids: refs }).exactOptional(),
}) satisfies z.ZodType<SubjectFilter>;

const pageRequest = z.strictObject({
  where: filter,
  orderBy: z.enum(SUBJECT_ORDERS),
  direction: z.enum(['asc', 'desc']),
  reversed: z.boolean().exactOptional(),
  after: z.strictObject({ value: z.string().nullable(), id: z.string() }).exactOptional(),
  limit,
}) satisfies z.ZodType<SubjectPageRequest>;

const registryRequest = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('resolve'), refs }),
  z.strictObject({ operation: z.literal('bearers'), refs }),
  z.strictObject({ operation: z.literal('related'), ids: refs, role, reverse: z.boolean() }),
  z.strictObject({ operation: z.literal('page'), request: pageRequest }),
  z.strictObject({ operation: z.literal('count'), where: filter }),
  z.strictObject({ operation: z.literal('tally'), where: filter, by: z.array(z.enum(SUBJECT_TRAITS)) }),
  z.strictObject({ operation: z.literal('candidates'), text: z.string(), limit }),
  z.strictObject({
    operation: z.literal('numbers'),
    kind: z.enum(ROW_KINDS),
    wanted: z.array(z.strictObject({ field: z.string(), number: z.string() })).max(MAX_LIMIT),
  }),
  z.strictObject({ operation: z.literal('coverage') }),
]);

export type RegistryRequest = z.infer<typeof registryRequest>;

const identity = z.strictObject({
  id: z.string(),
  keys: z.array(z.string()),
  kind,
  name: z.string().nullable(),
  township: z.string().nullable(),
  industry: z.string().nullable(),
  state: state.nullable(),
});

const outcome = z.strictObject({
  interface: z.string(),
  department: z.string(),
  state: z.enum(COVERAGE_STATES),
  asOf: z.string().nullable(),
  tookMs: z.number(),
  reason: z.string().nullable(),
});

/** What each operation answers. Refs of one subject travel together: a list of who is asked for, then of who it is. */
export const registryAnswers = {
  resolve: z.strictObject({
    identities: z.array(identity),
    /** Pairs of a ref and its place in `identities`. */
    refs: z.array(z.tuple([z.string(), z.int().min(0)])),
  }),
  bearers: z.strictObject({ bearers: z.array(z.tuple([z.string(), z.array(identity)])) }),
  related: z.strictObject({ related: z.array(z.tuple([z.string(), z.array(z.string())])) }),
  page: z.strictObject({ page: z.array(identity) }),
  count: z.strictObject({ count: z.int().min(0) }),
  tally: z.strictObject({
    tally: z.array(z.strictObject({ key: z.array(z.string().nullable()), count: z.int().min(0) })),
  }),
  candidates: z.strictObject({
    candidates: z.array(
      z.strictObject({
        subject: identity,
        matchKind: z.enum(['EXACT', 'ALIAS', 'NAME']),
        confidence: z.number().min(0).max(1),
      }),
    ),
  }),
  numbers: z.strictObject({
    rows: z.array(z.array(z.string()).nullable()),
    read: z.array(z.strictObject({ interface: z.string(), mark: z.string(), fields: z.array(z.string()) })),
  }),
  coverage: z.strictObject({ coverage: z.array(outcome) }),
} as const;

export type RegistryAnswer<Operation extends RegistryRequest['operation']> = z.infer<
  (typeof registryAnswers)[Operation]
>;

/**
 * Answers one message from the port.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for a message that is none
 */
export async function handleRegistryMessage(
  port: RegistryPort,
  message: unknown,
  context: CallContext,
): Promise<RegistryAnswer<RegistryRequest['operation']>> {
  const parsed = registryRequest.safeParse(message);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = ['request', ...(issue?.path ?? [])].join('.');
    throw publicError(
      'BAD_USER_INPUT',
      `${place}：不是主体库的消息。${place}: ${issue?.message ?? 'not a message'}.`,
    );
  }
  return answer(port, parsed.data, context);
}

async function answer(
  port: RegistryPort,
  request: RegistryRequest,
  context: CallContext,
): Promise<RegistryAnswer<RegistryRequest['operation']>> {
  switch (request.operation) {
    case 'resolve':
      return packIdentities(await port.resolve(request.refs, context));
    case 'bearers': {
      const bearers = await port.bearers(request.refs, context);
      return { bearers: [...bearers].map(([ref, subjects]) => [ref, subjects.map(copyIdentity)]) };
    }
    case 'related': {
      const related = await port.related(request.ids, request.role, request.reverse, context);
      return { related: [...related].map(([id, others]) => [id, [...others]]) };
    }
    case 'page':
      return { page: (await port.page(request.request, context)).map(copyIdentity) };
    case 'count':
      return { count: await port.count(request.where, context) };
    case 'tally': {
      const tally = await port.tally(request.where, request.by, context);
      return { tally: tally.map(({ key, count }) => ({ key: [...key], count })) };
    }
    case 'candidates': {
      const candidates = await port.candidates(request.text, request.limit, context);
      return { candidates: candidates.map((one) => ({ ...one, subject: copyIdentity(one.subject) })) };
    }
    case 'numbers': {
      const { rows, read } = await port.numbers(request.kind, request.wanted, context);
      return {
        rows: rows.map((ids) => (ids === null ? null : [...ids])),
        read: read.map((one) => ({ ...one, fields: [...one.fields] })),
      };
    }
    case 'coverage':
      return { coverage: [...(await port.coverage(context))] };
  }
}

type Identity = z.infer<typeof identity>;
type PortIdentity = Awaited<ReturnType<RegistryPort['page']>>[number];

function copyIdentity(subject: PortIdentity): Identity {
  return { ...subject, keys: [...subject.keys] };
}

function packIdentities(found: ReadonlyMap<string, PortIdentity>): RegistryAnswer<'resolve'> {
  const places = new Map<string, number>();
  const identities: Identity[] = [];
  const refs = [...found].map(([ref, subject]): [string, number] => {
    const place = places.get(subject.id) ?? identities.push(copyIdentity(subject)) - 1;
    places.set(subject.id, place);
    return [ref, place];
  });
  return { identities, refs };
}
