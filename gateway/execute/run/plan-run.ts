import type { GraphQLError } from 'graphql';
import { type CallContext, onCallOver, remainingMs } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import type { SubgraphPort, SubgraphResult } from '../../../subgraphs/port/subgraph-port.js';
import type { AskedEntities, Carriage, ReplyBytes, WrittenAnswer } from '../../bytes/carriage.js';
import type { GatewayObserver } from '../../observe/gateway-observer.js';
import { type AnsweredInterface, decodeCoverage } from '../answer-coverage.js';
import { callOutcome } from '../call-outcome.js';
import { type ExactRequest, type ExactResult, variablesFor } from '../exact-port.js';
import type { AnswerObject } from '../fetch/compile-merge.js';
import type { EntityContent, FetchGroup, FetchPlan, FetchRequest } from '../fetch/fetch-plan.js';
import { hideError } from '../hide-error.js';
import type { ErrorPath } from '../public-error.js';
import { type AskedPart, askParts } from './ask-parts.js';
import { BoundedCall } from './bounded-call.js';
import { callBudgetMs } from './call-budget.js';
import { CarriedRun } from './carried-run.js';
import { givenBehind, givenVariables } from './given-variables.js';
import { lostPlaces, type PlacedError, placeErrors, rootPlaces } from './place-errors.js';
import { takeEntities, takeRoot } from './take-answer.js';

interface RunOptions {
  readonly plan: FetchPlan;
  readonly ports: ReadonlyMap<string, SubgraphPort>;
  /** Of the caller, as they may be sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether there are `ExactNumber`s among them. */
  readonly hasExactNumbers: boolean;
  readonly context: CallContext;
  readonly observer: Pick<GatewayObserver, 'subgraphCall' | 'hiddenError'>;
  /** The place in the caller's query of a place in the data. */
  readonly callersPath: (data: unknown, path: ErrorPath) => ErrorPath;
  /** Carries the answer over bytes as long as nothing is in doubt; null: all replies are read as objects. */
  readonly carriage: Carriage | null;
}

/** The merged answers of all subgraphs, before the projection. */
export interface Gathered {
  readonly data: AnswerObject;
  /** The answer itself, where bytes carried it; then `data` are empty. */
  readonly carried: WrittenAnswer | null;
  /** Public, with their places in the caller's query. */
  readonly errors: readonly GraphQLError[];
  /** What subgraphs say their answers rest on. */
  readonly said: readonly AnsweredInterface[];
  /** Every reply said what it rests on. */
  readonly isTold: boolean;
  /** Places that got no data because of an error, which names only what was at fault. */
  readonly lost: readonly ErrorPath[];
  /** Whether no text in the data has a character that JSON would have to escape. */
  readonly isUnescaped: boolean;
}

/** Carries a plan out. Every request starts as soon as what it needs is there. Never rejects. */
export function runPlan(options: RunOptions): Promise<Gathered> {
  return new Promise((resolve) => new PlanRun(options, resolve).start());
}

/** The longest that a group waits for others that come later in the plan: a slow source must not take the time of one that could be asked. */
const EARLY_MS = 20;

/**
 * Milliseconds that a request with some ready groups waits for its other groups: as long as the caller's request has
 * lasted. One slow subgraph at most doubles the time of groups that do not depend on it, and mostly one request is sent
 * instead of two.
 */
function patienceMs({ isEarly }: FetchGroup, elapsedMs: number): number {
  return Math.min(Math.max(1, elapsedMs), isEarly ? EARLY_MS : Infinity);
}

/** What one request asks for. */
interface Question {
  /** Of objects. Empty while bytes carry the answer: then `entities` says it. */
  asked: readonly AskedPart[];
  entities: AskedEntities | null;
}

/** A question that was sent. */
interface SentQuestion {
  readonly question: Question;
  /** Whether it asked keys back; others may find out meanwhile that the subgraph does not give them. */
  readonly areGiven: boolean;
}

class PlanRun {
  readonly #options: RunOptions;
  readonly #resolve: (gathered: Gathered) => void;
  readonly #data: AnswerObject = Object.create(null);
  readonly #errors: GraphQLError[] = [];
  readonly #said: AnsweredInterface[] = [];
  #isTold = true;
  readonly #carried: CarriedRun;
  readonly #started = performance.now();
  /** For each group, how many it still waits for. */
  readonly #waits: number[];
  /** For each request, groups that are ready and not sent yet. */
  readonly #ready: number[][];
  /** For each request, how many groups are not ready yet. */
  readonly #missing: number[];
  readonly #timers: (NodeJS.Timeout | null)[];
  readonly #calls = new Set<BoundedCall>();
  #stopListening: () => void = () => undefined;
  readonly #lost: ErrorPath[] = [];
  #isLeft = false;
  #isUnescaped = true;
  /** Whether what is known has `ExactNumber`s. */
  #isExact: boolean;
  #unfinished: number;

  constructor(options: RunOptions, resolve: (gathered: Gathered) => void) {
    const { groups, requests } = options.plan;
    this.#options = options;
    this.#resolve = resolve;
    this.#carried = new CarriedRun(options.carriage, (error) => this.#reportFault(null, error));
    this.#isExact = options.hasExactNumbers;
    this.#waits = groups.map(({ waits }) => waits);
    this.#ready = requests.map(() => []);
    this.#missing = requests.map((request) => request.groups.length);
    this.#timers = requests.map(() => null);
    this.#unfinished = groups.length;
  }

  start(): void {
    const { groups } = this.#options.plan;
    this.#stopListening = onCallOver(this.#options.context, this.#leave);
    if (groups.length === 0) this.#end();
    for (const group of groups) if (group.waits === 0) this.#makeReady(group);
  }

  #makeReady(group: FetchGroup): void {
    const request = this.#options.plan.requests[group.request] as FetchRequest;
    const missing = (this.#missing[request.index] ?? 0) - 1;
    this.#missing[request.index] = missing;
    const ready = this.#ready[request.index] as number[];
    ready.push(group.index);
    if (missing === 0) this.#send(request);
    else
      this.#timers[request.index] ??= setTimeout(
        () => this.#send(request),
        patienceMs(group, performance.now() - this.#started),
      );
  }

  #send(request: FetchRequest): void {
    const timer = this.#timers[request.index];
    if (timer !== null && timer !== undefined) clearTimeout(timer);
    this.#timers[request.index] = null;
    const ready = this.#ready[request.index] as number[];
    this.#ready[request.index] = [];
    const { content } = request;
    if (content.kind === 'root') {
      if (content.place === null || rootPlaces(content, this.#data).length > 0)
        this.#ask(request, ready, NOTHING_ASKED);
      else for (const group of ready) this.#finish(group);
    } else {
      const question = this.#gather(request, content, ready);
      if (question === null) return;
      if (isEmpty(question)) for (const group of ready) this.#finish(group);
      else this.#ask(request, ready, question);
    }
  }

  /** Null when what is known cannot be sent: then the groups are done. */
  #gather(request: FetchRequest, { parts, keys }: EntityContent, ready: readonly number[]): Question | null {
    const { index, subgraph } = request;
    const question: Question = { asked: [], entities: null };
    const askObjects = (): void => {
      question.asked = askParts(parts, ready, this.#data);
    };
    if (keys.areGiven) {
      const behind = givenBehind(request, this.#options.variables);
      question.entities = this.#carried.step((carriage) => carriage.ask(index, ready, behind), askObjects);
      if (question.entities !== null) return question;
    }
    this.#carried.toObjects();
    try {
      askObjects();
      return question;
    } catch (error) {
      // A custom scalar that is nested too deep to be compared.
      const cause = error instanceof Error ? { originalError: error } : {};
      this.#report(subgraph, publicError('SUBGRAPH_MALFORMED', undefined, cause), undefined);
      for (const group of ready) this.#finish(group);
      return null;
    }
  }

  #ask(request: FetchRequest, groups: readonly number[], question: Question): void {
    const { ports, context } = this.#options;
    const started = performance.now();
    const budgetMs = callBudgetMs(remainingMs(context), request.requestsAfter);
    const keys = request.content.kind === 'entities' ? request.content.keys : NO_KEYS;
    const { areGiven } = keys;
    const settle = (given: SubgraphResult): void => {
      this.#calls.delete(call);
      const result = this.#resultOf(given);
      if (areGiven && lacksKeys(question.asked, result)) {
        keys.areGiven = false;
        const { subgraph } = request;
        this.#tell(subgraph, started, performance.now() - started, callOutcome(result, result.errors?.[0]));
        this.#ask(request, groups, question);
        return;
      }
      this.#takeSafely(request, { question, areGiven }, result, started);
      for (const group of groups) this.#finish(group);
    };
    const call = new BoundedCall(context, budgetMs, settle);
    this.#calls.add(call);
    if (budgetMs <= 0 || this.#isLeft) call.leave();
    else {
      const port = ports.get(request.subgraph) as SubgraphPort;
      const exact: ExactRequest = {
        query:
          request.content.kind === 'entities' && !areGiven ? request.content.keylessQuery : request.query,
        ...(request.operationName !== undefined && { operationName: request.operationName }),
        ...this.#variablesOf(request, question, port),
        mayLoseDigits: request.mayLoseDigits,
        ...(!this.#carried.isOver && {
          carry: (reply: ReplyBytes) => this.#carried.read(request.index, reply),
        }),
      };
      call.start(port, exact);
    }
  }

  /** What came as bytes is read as objects if the answer is not carried over bytes any more, and the other way round. */
  #resultOf(given: ExactResult): ExactResult {
    if (given.carried === undefined) this.#carried.toObjects();
    else if (this.#carried.isOver) return given.carried.asObjects();
    return given;
  }

  /** An answer that breaks the program must not leave the caller waiting. */
  #takeSafely(request: FetchRequest, sent: SentQuestion, result: ExactResult, started: number): void {
    const { subgraph } = request;
    const tookMs = performance.now() - started;
    try {
      const found = this.#take(request, sent, result);
      const outcome = callOutcome(result, result.errors?.[0] ?? found[0]?.error);
      this.#tell(subgraph, started, tookMs, outcome);
    } catch (error) {
      this.#reportFault(subgraph, error);
    }
  }

  /** A fault of the program. */
  #reportFault(subgraph: string | null, error: unknown): void {
    const cause = error instanceof Error ? { originalError: error } : {};
    this.#report(subgraph, publicError('INTERNAL', undefined, cause), undefined);
  }

  #tell(subgraph: string, started: number, tookMs: number, outcome: string): void {
    const { observer, context } = this.#options;
    observer.subgraphCall({ subgraph, outcome, tookMs });
    context.trail?.step(subgraph, started, tookMs, outcome);
  }

  #variablesOf(
    request: FetchRequest,
    { asked, entities }: Question,
    port: SubgraphPort,
  ): Pick<ExactRequest, 'variables' | 'variablesJson'> {
    if (entities !== null) return { variablesJson: entities.variables };
    const variables: Record<string, unknown> = Object.create(null);
    for (const { part, list } of asked) variables[part.variableName] = list;
    Object.assign(variables, givenVariables(request, this.#options.variables));
    return { variables: this.#isExact ? variablesFor(port, variables) : variables };
  }

  /** @returns errors that the gateway found in the answer. */
  #take(request: FetchRequest, sent: SentQuestion, result: ExactResult): readonly PlacedError[] {
    const { carried, extensions } = result;
    if (extensions?.coverage === undefined) this.#isTold = false;
    else this.#said.push(...decodeCoverage(extensions.coverage));
    if (carried === undefined) return this.#takeObjects(request, sent, result);
    const { entities } = sent.question;
    const isTaken = this.#carried.step(
      (carriage) => carriage.take(carried.read, entities),
      () => void this.#takeObjects(request, sent, carried.asObjects()),
    );
    return isTaken === null ? this.#takeObjects(request, sent, carried.asObjects()) : [];
  }

  #takeObjects(
    request: FetchRequest,
    { question: { asked }, areGiven }: SentQuestion,
    result: ExactResult,
  ): readonly PlacedError[] {
    const data = result.data ?? null;
    if (data !== null && result.isUnescaped !== true) this.#isUnescaped = false;
    if (result.hasExactNumbers === true) this.#isExact = true;
    const found: PlacedError[] = [];
    if (request.content.kind === 'root') {
      if (data !== null) takeRoot(request.content, data, this.#data);
    } else if (data !== null) {
      for (const one of asked) found.push(...takeEntities(one, data, { areGiven }));
    }
    const given = result.errors ?? [];
    if (given.length > 0) this.#lose(request, asked, result);
    if (given.length > 0 || found.length > 0) {
      const errors = [...given.map((error) => ({ error, path: error.path })), ...found];
      for (const { error, path } of placeErrors(errors, request, asked, this.#data)) {
        this.#report(request.subgraph, error, path);
      }
    }
    return found;
  }

  #lose({ content }: FetchRequest, asked: readonly AskedPart[], result: SubgraphResult): void {
    const { callersPath } = this.#options;
    if (content.kind === 'root' && (result.data ?? null) !== null) return;
    const places =
      content.kind === 'root'
        ? rootPlaces(content, this.#data).flatMap((root) => content.fields.map((field) => [...root, field]))
        : lostPlaces(asked, result, this.#data);
    for (const place of places) this.#lost.push(callersPath(this.#data, place));
  }

  #report(subgraph: string | null, error: GraphQLError, path: ErrorPath | undefined): void {
    const { context, observer, callersPath } = this.#options;
    const { requestId } = context;
    const place = { requestId, subgraph, path: path && callersPath(this.#data, path) };
    this.#errors.push(hideError(observer, error, place));
  }

  #finish(index: number): void {
    const { groups } = this.#options.plan;
    for (const next of groups[index]?.releases ?? []) {
      const waits = (this.#waits[next] ?? 0) - 1;
      this.#waits[next] = waits;
      if (waits === 0) this.#makeReady(groups[next] as FetchGroup);
    }
    this.#unfinished--;
    if (this.#unfinished === 0) this.#end();
  }

  /** The caller left. */
  readonly #leave = (): void => {
    this.#isLeft = true;
    for (const call of this.#calls) call.leave();
  };

  #end(): void {
    this.#stopListening();
    const carried = this.#carried.end();
    this.#resolve({
      data: this.#data,
      carried,
      errors: this.#errors,
      said: this.#said,
      isTold: this.#isTold,
      lost: this.#lost,
      isUnescaped: this.#isUnescaped,
    });
  }
}

/** Of requests that ask for root fields. */
const NO_KEYS = { areGiven: false };
const NOTHING_ASKED: Question = { asked: [], entities: null };

function isEmpty({ asked, entities }: Question): boolean {
  return entities === null ? asked.every(({ list }) => list.length === 0) : entities.count === 0;
}

/**
 * Whether a subgraph failed because keys were asked back: it finds entities by a key that it cannot return. It is asked
 * again without keys, now and later. Its entities are then told apart by place and type alone.
 */
function lacksKeys(asked: readonly AskedPart[], { errors = [] }: SubgraphResult): boolean {
  return errors.some(({ path = [] }) =>
    asked.some(({ part }) => part.echo.aliases.includes(String(path[2]))),
  );
}
