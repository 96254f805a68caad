import { systemClock } from '../../../runtime/clock.js';
import { Secret } from '../../../runtime/config/secret.js';
import { openEmbeddedHistory } from '../../observe/history/embedded-history.js';
import { openNotifier } from '../notifier.js';
import { toldInFile } from '../told-places.js';

/** Tells a robot what a history holds, message after message, until it is killed. */
const [historyFile = '', file = '', url = '', token = '', secret = ''] = process.argv.slice(2);
const notifier = await openNotifier({
  channels: [
    {
      name: 'duty',
      target: { kind: 'dingtalk', url, token: new Secret(token), secret: new Secret(secret) },
      departments: null,
      causes: null,
      severity: null,
      quiet: [],
      perMinute: 20,
      escalate: null,
    },
  ],
  watch: openEmbeddedHistory(historyFile),
  clock: systemClock,
  place: toldInFile(file),
  observer: { sent: () => undefined, failed: () => undefined, waiting: () => undefined },
  onFailure: (what) => {
    throw new Error(what);
  },
});
await notifier.pass();
