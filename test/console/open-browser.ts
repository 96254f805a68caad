import { type Browser, chromium } from 'playwright-core';
import { findTool } from '../deploy/find-tool.js';

const CHROMIUM = findTool('chromium', 'chromium');

/** What of a browser asks the world outside is off. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const HAS_BROWSER = CHROMIUM !== null;

/** Debian's Chromium, without a window. */
export function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('Cannot open a browser: chromium must be installed, but is not');
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}
