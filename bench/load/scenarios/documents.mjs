import { processTree, usageOf } from '../../process/process-usage.mjs';
import { countOutcomes, growth, LOAD_HEAD, loadRow } from '../count-outcomes.mjs';
import { runStream } from '../open-loop.mjs';
import { capacityOf, withGateway } from '../stage.mjs';
import { freshStream, knownStream } from '../streams.mjs';

const FACTOR = 0.5;

/** @type {import('./scenarios.mjs').Scenario} */
export const documents = {
  name: 'documents',
  shows: `known operations at ${FACTOR} × the capacity beside 300 documents a second that nobody has asked before`,
  run: (stage) =>
    withGateway(stage, {}, async (gateway) => {
      const { seconds } = stage.options;
      const { url, pid, idleMb } = gateway;
      const capacity = await capacityOf(stage, gateway);
      const rows = [];
      for (const perSecond of [0, 300]) {
        const [outcomes, others] = await Promise.all([
          runStream(knownStream(stage.known, url, capacity * FACTOR), seconds),
          perSecond === 0 ? null : runStream(freshStream(url, perSecond), seconds),
        ]);
        const { rssMb } = usageOf(processTree(pid));
        const counted = countOutcomes(outcomes, 0, seconds * 1000);
        rows.push([
          ...loadRow(`known at ${FACTOR} ×, ${perSecond}/s new`, counted, capacity),
          growth(rssMb - idleMb),
        ]);
        if (others === null) continue;
        rows.push([...loadRow('the new ones', countOutcomes(others, 0, seconds * 1000), perSecond), '']);
      }
      return [{ title: 'documents that nobody has asked before', head: [...LOAD_HEAD, 'RSS MB'], rows }];
    }),
};
