import { dirname } from 'node:path';
import { type Config, loadConfig } from '../../county/config/config.js';
import { loadGatewaySettings } from '../../county/config/gateway-settings.js';
import type { CountyFacts } from '../../county/follow/county-talk.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { addAlso, type OpenedCounty, readAddition } from '../also/add-also.js';
import { requireConfig } from '../demo/county-of.js';
import { demoFolder, followDemoCounty, prepareDemoCounty } from '../demo/demo-county.js';
import { readingConfig } from '../demo/reading-config.js';
import { stateFolder } from '../state-folder.js';
import type { StartOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { requireFolder } from './require-folder.js';

/** What a county is opened from; the demo is built where there is none. */
export interface PreparedCounty extends OpenedCounty {
  /** Where what is kept beyond a restart lies. */
  readonly folder: string;
  /** Where the demo's own systems answer, by connection. */
  readonly demoUrls: CountyFacts['demoUrls'];
  /** The same with the connections as their file says by now. Settings of the gateway and keys are read at the start alone. */
  reread(): Config;
}

/** @param facts of the county where another process keeps it: its demo is neither built nor started again. */
export async function prepareCounty(
  options: StartOptions,
  io: VerbIo,
  facts: Pick<CountyFacts, 'demoUrls'> | null = null,
): Promise<PreparedCounty> {
  const { gatewayFile, county, alsoFile } = options;
  const given =
    gatewayFile === undefined ? null : readingConfig(() => loadGatewaySettings(gatewayFile, io.environment));
  const chosen = await openChosen(options, io, facts);
  const config = given === null ? chosen.config : { ...chosen.config, gateway: given };
  return {
    ...chosen,
    config,
    reread: () => {
      // A trial's connections, and those of the demo, are of this process.
      if (county.kind === 'demo' || alsoFile !== undefined) return config;
      const { connections, faults } = readingConfig(() => loadConfig(county.configFile, io.environment));
      return { ...config, connections, faults };
    },
  };
}

async function openChosen(
  { county, alsoFile }: StartOptions,
  io: VerbIo,
  facts: Pick<CountyFacts, 'demoUrls'> | null,
): Promise<Omit<PreparedCounty, 'reread'>> {
  const project = findProjectRoot();
  if (county.kind === 'configured') {
    const folder = stateFolder(project, io.environment);
    requireFolder(folder);
    const choice = { configFile: county.configFile, ...(alsoFile !== undefined && { alsoFile }) };
    return { ...(await requireConfig(choice, io.environment)), folder, demoUrls: [] };
  }
  const also = readAddition(project, alsoFile, io.environment);
  const folder = demoFolder(project, county.size, county.seed);
  requireFolder(dirname(folder));
  const demo =
    facts === null
      ? await prepareDemoCounty(project, county.size, county.seed, io.say)
      : followDemoCounty(folder, facts.demoUrls);
  return { ...(await addAlso(project, demo, also)), folder, demoUrls: demo.urls };
}
