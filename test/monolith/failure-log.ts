import { setImmediate } from 'node:timers/promises';
import {
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isListType,
  isNonNullType,
  responsePathAsArray,
} from 'graphql';

export type Path = readonly (string | number)[];

/** Response names hold no dots, so that texts are equal exactly when paths are. */
export function pathText(path: Path): string {
  return path.join('.');
}

/** A field failed that the caller did not ask for: another subgraph required it. */
export interface RequiredFailure {
  /** The object's path. */
  readonly object: Path;
  readonly field: string;
}

/**
 * Remembers everything that fails while graphql-js executes: of several failures below one null it tells only the
 * first, and which one that is depends on chance.
 */
export interface FailureLog {
  readonly failures: ReadonlySet<string>;
  readonly required: readonly RequiredFailure[];
  addRequired(failure: RequiredFailure): void;
  /** Carries a field's work out. */
  watch(info: GraphQLResolveInfo, work: () => Promise<unknown>): Promise<unknown>;
  /** When nothing is under way any more. */
  settled(): Promise<void>;
}

export function createFailureLog(): FailureLog {
  const failures = new Set<string>();
  const required: RequiredFailure[] = [];
  let pending = 0;

  const failAt = (path: Path, error: unknown): void => {
    const own = error instanceof GraphQLError ? error.path : undefined;
    failures.add(pathText(own ?? path));
  };

  const noteNulls = (type: GraphQLOutputType, value: unknown, path: Path): void => {
    if (isNonNullType(type)) {
      if (value === null || value === undefined) failures.add(pathText(path));
      else noteNulls(type.ofType, value, path);
    } else if (isListType(type) && Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        if (item instanceof Promise) void noteLater(type.ofType, item, [...path, index]);
        else noteNulls(type.ofType, item, [...path, index]);
      }
    }
  };

  const noteLater = async (type: GraphQLOutputType, item: Promise<unknown>, path: Path): Promise<void> => {
    pending++;
    try {
      noteNulls(type, await item, path);
    } catch (error) {
      failAt(path, error);
    } finally {
      pending--;
    }
  };

  return {
    failures,
    required,
    addRequired: (failure) => void required.push(failure),
    watch: async (info, work) => {
      const path = responsePathAsArray(info.path);
      pending++;
      try {
        const value = await work();
        noteNulls(info.returnType, value, path);
        return value;
      } catch (error) {
        failAt(path, error);
        throw error;
      } finally {
        pending--;
      }
    },
    settled: async () => {
      do await setImmediate();
      while (pending > 0);
    },
  };
}
