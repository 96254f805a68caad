import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `notices.txt`: the packages that are built into the page, with their licences, which ask to go along; and `packages.json`, their
 * places in package-lock.json, for the list of packages. That one is not served.
 */
export function tellNotices() {
  return {
    name: 'notices',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      const told = [...folders].map(describe).sort();
      const places = [...folders].map((folder) => folder.slice(folder.indexOf('node_modules/'))).sort();
      this.emitFile({
        type: 'asset',
        fileName: 'packages.json',
        source: `${JSON.stringify(places, null, 2)}\n`,
      });
      this.emitFile({
        type: 'asset',
        fileName: 'notices.txt',
        source: `${told.join(`\n${'-'.repeat(80)}\n`)}\n`,
      });
    },
  };
}

/** The folder of the package that a module is of; null: none. */
function packageFolder(id) {
  const path = id.replace(/^\0/, '').split('?', 1)[0];
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [scope, name] = path.slice(at + '/node_modules/'.length).split('/');
  return join(path.slice(0, at), 'node_modules', scope, scope.startsWith('@') ? name : '');
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)(\.(md|txt))?$/i.test(file) && existsSync(join(folder, file)))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${name} ${version}: ${license}\n\n${texts.join('\n\n')}`;
}
