import { AsyncLocalStorage } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** Jest's list of listeners. A suite must not inherit it: it belongs to another suite's copy of Jest. */
const JEST_LISTENERS = Symbol.for('EVENT_HANDLERS');
/** What Jest puts into `process` for each suite. */
const PUT_BY_JEST = ['exit', 'getBuiltinModule'];

type JestConfig = ConstructorParameters<typeof ModernFakeTimers>[0]['config'];
type Properties = ReadonlyMap<PropertyKey, PropertyDescriptor>;

const flags = process.env.EG_TEST_FLAGS ?? '';
if (flags !== '') setFlagsFromString(flags);

/** Starts the storages of `AsyncLocalStorage`. */
const STARTERS = ['run', 'enterWith'] as const;

/**
 * Suites run in Node's own realm, as the product does. In a vm context each, every look-up of a global costs dearly, and
 * each suite has to load all packages anew. Instead, what a suite changes of the globals is put back when it ends.
 */
export default class PlainEnvironment {
  readonly global = globalThis;
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  readonly #globals = propertiesOf(globalThis, Reflect.ownKeys(globalThis));
  readonly #process = propertiesOf(process, PUT_BY_JEST);
  readonly #exitCode = process.exitCode;
  readonly #variables = { ...process.env };
  readonly #storages = new Set<AsyncLocalStorage<unknown>>();
  readonly #starters = propertiesOf(AsyncLocalStorage.prototype, STARTERS);

  constructor({ projectConfig }: { readonly projectConfig: JestConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    Reflect.deleteProperty(globalThis, JEST_LISTENERS);
    this.#noteStorages();
  }

  async setup(): Promise<void> {}

  async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    putBack(AsyncLocalStorage.prototype, this.#starters);
    for (const storage of this.#storages) storage.disable();
    for (const key of Reflect.ownKeys(globalThis)) {
      // What a package has defined for good stays, as the package does.
      if (!this.#globals.has(key)) Reflect.deleteProperty(globalThis, key);
    }
    putBack(globalThis, this.#globals);
    putBack(process, this.#process);
    process.exitCode = this.#exitCode;
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
  }

  /**
   * Each suite has a copy of Jest with a storage of its own. Node goes on writing it into every promise of the worker until it is
   * disabled: after two hundred suites an `await` would take five hundred times as long.
   */
  #noteStorages(): void {
    const storages = this.#storages;
    for (const name of STARTERS) {
      const start: (...words: never[]) => unknown = AsyncLocalStorage.prototype[name];
      Reflect.set(
        AsyncLocalStorage.prototype,
        name,
        function (this: AsyncLocalStorage<unknown>, ...words: never[]) {
          storages.add(this);
          return start.apply(this, words);
        },
      );
    }
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  /** Jest takes null for an environment that has ended; `plain-runtime.cjs` compiles without a context. */
  getVmContext(): typeof globalThis {
    return globalThis;
  }
}

function propertiesOf(target: object, keys: readonly PropertyKey[]): Properties {
  return new Map(keys.map((key) => [key, Object.getOwnPropertyDescriptor(target, key) ?? {}]));
}

function putBack(target: object, properties: Properties): void {
  for (const [key, then] of properties) {
    const now = Object.getOwnPropertyDescriptor(target, key);
    if (now === undefined || now.value !== then.value || now.get !== then.get)
      Object.defineProperty(target, key, then);
  }
}
