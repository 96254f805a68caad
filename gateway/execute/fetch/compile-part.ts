import { type FieldNode, Kind } from 'graphql';
import { entitySelection } from '../../plan/fetch-operation.js';
import { compileCollect } from './collect-objects.js';
import { compileMerge } from './compile-merge.js';
import { compileRepresentations } from './compile-representations.js';
import { askKeysBack } from './echoed-keys.js';
import type { EntityPart } from './fetch-plan.js';
import type { FetchPlanOptions } from './fetch-plan-options.js';
import { sentPaths } from './field-paths.js';
import { isAbstractIn } from './is-abstract-in.js';
import type { PlannedGroup } from './planned-groups.js';
import { type ReplyShape, shapeOf } from './reply-shape.js';
import { applyRewrites } from './rewrites.js';

interface PartNames {
  readonly responseName: string;
  readonly variableName: string;
}

interface CompiledPart {
  readonly part: EntityPart;
  /** The part's field of the request. */
  readonly field: FieldNode;
  /** The same without the keys. */
  readonly keylessField: FieldNode;
}

/** @param places of the groups that ask the same question. */
export function compilePart(
  places: readonly number[],
  planned: readonly PlannedGroup[],
  names: PartNames,
  { joins, prefix }: FetchPlanOptions,
): CompiledPart {
  const [group] = places.flatMap((place) => planned[place] ?? []);
  if (group === undefined) throw new Error('a part must have a group');
  const { serviceName: subgraph, requires = [], inputRewrites = [], outputRewrites = [] } = group.fetch;
  const selectionSet = entitySelection(group.operation);
  const shape = shapeOf(selectionSet);
  const echoed = askKeysBack(selectionSet, { subgraph, joins, prefix, sentPaths: sentPaths(requires) });
  const part: EntityPart = {
    ...names,
    builder: compileRepresentations(requires, inputRewrites, joins),
    echo: echoed,
    rewrite: (entity) => applyRewrites(entity, outputRewrites, joins),
    isRewritten: outputRewrites.length > 0,
    merge: compileMerge(shape, isAbstractIn(joins)),
    shape,
    echoedShape: shapeOf(echoed.selectionSet),
    fields: shape.members.map(({ name }) => name).filter((name) => name !== '__typename'),
    groups: places.map((place) => {
      const path = planned[place]?.path ?? [];
      return { group: place, path, collect: compileCollect(path) };
    }),
    sharesObjects: isFlat(shape) || growAlike(places, planned),
  };
  const field: FieldNode = {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: '_entities' },
    ...(names.responseName !== '_entities' && {
      alias: { kind: Kind.NAME, value: names.responseName },
    }),
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'representations' },
        value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: names.variableName } },
      },
    ],
    selectionSet: echoed.selectionSet,
  };
  return { part, field, keylessField: { ...field, selectionSet: echoed.keylessSelectionSet } };
}

function isFlat({ members }: ReplyShape): boolean {
  return members.every(({ shape }) => shape === null);
}

/**
 * Whether the answer grows below all these places without contradiction: no response name stands for one field here and
 * for another there. Only then may two places show the same object.
 */
function growAlike(places: readonly number[], planned: readonly PlannedGroup[]): boolean {
  const grown = new Map<string, string>();
  for (const place of places) {
    const at = `${(planned[place]?.path ?? []).filter((part) => part !== '@').join('.')}.`;
    for (const { writes } of planned) {
      for (const [path, signature] of writes) {
        if (!path.startsWith(at)) continue;
        const below = path.slice(at.length);
        const known = grown.get(below);
        if (known !== undefined && known !== signature) return false;
        grown.set(below, signature);
      }
    }
  }
  return true;
}
