import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Where the systems answer, by connection. */
export type DemoUrls = readonly (readonly [connection: string, url: string])[];

/** What the process of the systems says once. */
export type DemoSystemsSaid = { readonly urls: DemoUrls } | { readonly failed: string };

/**
 * Runs the demo county's systems that speak HTTP or SOAP in a process of their own, as a real county has them elsewhere: what
 * serves shares neither memory nor turns with them. The process ends when it is closed, and by itself when this one is gone.
 *
 * @param folder of a county that was built.
 * @throws {Error} when they cannot be started; nothing is left running then.
 */
export async function startDemoSystems(
  folder: string,
): Promise<{ readonly urls: DemoUrls; close(): Promise<void> }> {
  const child = fork(new URL('./demo-systems-process.js', import.meta.url), [folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const close = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await ended;
  };
  const early = ended.then(
    ([code, signal]): DemoSystemsSaid => ({ failed: `they ended (${signal ?? code})` }),
  );
  const said = await Promise.race([
    once(child, 'message').then(([message]) => message as DemoSystemsSaid),
    early,
  ]);
  if ('urls' in said) return { urls: said.urls, close };
  await close();
  throw new Error(`Cannot start the demo county's systems: ${said.failed}`);
}
