import { findProgram, installPackages } from '../databases/run-as.js';

/**
 * A program that a suite checks files with: installed, else (Debian, root) installed now from its package.
 *
 * @returns its path, or null with the reason printed, so that nobody takes a skipped suite for a passed one.
 */
export function findTool(name: string, debianPackage: string): string | null {
  const installed = findProgram([name], []);
  if (installed !== null) return installed;
  installPackages([debianPackage]);
  const found = findProgram([name], []);
  if (found === null)
    process.stderr.write(`skipped: ${name} is not installed (apt-get install ${debianPackage})\n`);
  return found;
}
