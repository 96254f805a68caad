import type { SourceAdapter } from '../../adapters/source-adapter.js';
import { dropConnections } from '../../county/open-connection.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import type { CompiledInterface } from '../../subgraphs/engine/compile/compiled-interface.js';

/**
 * Drops that these mappings do not accept while an earlier version serves: its rows look well, and are those that
 * another file or another mapping gave. Where nothing serves, the source fails and says why.
 */
export async function rejectedDrops(
  compiled: readonly CompiledInterface[],
  adapters: ReadonlyMap<string, SourceAdapter>,
): Promise<readonly Problem[]> {
  const connections = dropConnections(adapters);
  await Promise.all(connections.map((connection) => connection.settle()));
  const states = (await Promise.all(connections.map((connection) => connection.states()))).flat();
  return states.flatMap(({ interface: name, serving, rejection }): readonly Problem[] => {
    const about = compiled.find(({ mapping }) => mapping.interface === name);
    if (about === undefined || serving === null || rejection === null || rejection.isSettled) return [];
    const { drop, reasons, examples } = rejection;
    return [
      {
        rule: 'drop-rejected',
        severity: 'error',
        place: about.mapping.source.place,
        zh: `文件“${drop.name}”被拒收（${reasons} 处），仍使用此前接收的 ${serving.file}：${examples[0] ?? ''}。`,
        en: `The drop ${drop.name} must be accepted, but was rejected for ${reasons} reasons; what was read before, of ${serving.file}, still serves. \`drops --report ${name}\` prints the reasons.`,
      },
    ];
  });
}
