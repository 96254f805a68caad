import type { RunningExport, Standing } from './export-request.js';

const EVERY_MS = 1000;

type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Tells every second how far an export is: one line that is written anew, or lines where nobody could see that. @returns stops. */
export function showProgress(running: Pick<RunningExport, 'standing'>, screen: Screen): () => void {
  const started = performance.now();
  let said = '';
  let isOver = false;
  const show = (standing: Standing | null): void => {
    if (isOver || standing === null || standing.state !== 'running') return;
    const line = lineOf(standing, Math.round((performance.now() - started) / 1000));
    if (screen.isTTY === true) screen.write(`\r\u001b[K${line}`);
    else if (said !== standing.waitingFor.join() || said === '') screen.write(`${line}\n`);
    said = standing.waitingFor.join();
  };
  const timer = setInterval(() => void running.standing().then(show), EVERY_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
    if (screen.isTTY === true) screen.write('\r\u001b[K');
  };
}

function lineOf({ rows, waitingFor }: Standing, seconds: number): string {
  const shown = rows.toLocaleString('en');
  const waiting = waitingFor.length === 0 ? '' : `，等待 waiting for ${waitingFor.join(', ')}`;
  return `已导出 ${shown} 行 rows，${seconds} s${waiting}`;
}
