import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readAccessSettings } from '../../county/config/access-settings.js';
import { loadConfig } from '../../county/config/config.js';
import { readApplications } from '../../gateway/access/identity/applications/read-applications.js';
import { HOUSE_RULES } from '../../gateway/access/identity/testing/house-rules.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { listSubgraphs } from '../../subgraphs/compose/rover-config.js';

const root = findProjectRoot();
const deploy = join(root, 'deploy');
const text = (...path: readonly string[]): string => readFileSync(join(deploy, ...path), 'utf8');

interface ComposeService {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly read_only?: boolean;
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const compose = (name: string): Compose => parse(text('compose', name), { merge: true }) as Compose;

/** `${file:/run/secrets/…}` of the county's configuration. */
function namedSecrets(): readonly string[] {
  const files = readdirSync(join(deploy, 'config')).map((name) => text('config', name));
  const found = files.flatMap((file) => [...file.matchAll(/\$\{file:\/run\/secrets\/([a-z-]+)\}/g)]);
  return [...new Set(found.map(([, name = '']) => name))].sort();
}

describe('deploy/config', () => {
  it('is a configuration that the program accepts once its secrets are there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    mkdirSync(join(folder, 'secrets'));
    for (const name of namedSecrets())
      writeFileSync(join(folder, 'secrets', name), `${name}-of-32-characters-or-more-0123`);
    for (const name of readdirSync(join(deploy, 'config'))) {
      const moved = text('config', name).replaceAll('/run/secrets', join(folder, 'secrets'));
      writeFileSync(join(folder, name), moved);
    }
    const config = loadConfig(join(folder, 'connections.yaml'), {});
    expect([...config.faults.keys()]).toEqual([]);
    expect([...config.connections.keys()]).toEqual(['market', 'culture']);
    expect(config.gateway.audit).not.toBeNull();
    const access = readAccessSettings(join(folder, 'access.yaml'), {});
    expect(access.issuers.map(({ name }) => name)).toEqual(['county']);
    const applications = join(folder, 'applications.yaml');
    expect(access.applicationsFile).toBe(applications);
    expect(() =>
      readApplications(readFileSync(applications, 'utf8'), applications, HOUSE_RULES),
    ).not.toThrow();
  });
});

describe('deploy/compose', () => {
  it('gives the gateway every secret that the configuration names, each from a file', () => {
    const { services, secrets } = compose('compose.yaml');
    expect([...(services.gateway?.secrets ?? [])].sort()).toEqual(namedSecrets());
    for (const service of Object.values(services))
      for (const name of service.secrets ?? []) expect(secrets[name]).toEqual({ file: `./secrets/${name}` });
  });

  it('has every subgraph of rover.yaml at its routing_url', () => {
    const { gateway, ...subgraphs } = compose('subgraphs.yaml').services;
    expect(gateway?.command?.[0]).toBe('serve');
    const told = Object.entries(subgraphs).map(([name, { command, environment }]) => {
      expect(command?.slice(0, 2)).toEqual(['subgraph', name]);
      return [name, `http://${environment?.HOST}:${environment?.PORT}/graphql`];
    });
    expect(told).toEqual(listSubgraphs(root).subgraphs.map(({ name, routingUrl }) => [name, routingUrl]));
  });

  it('runs everything of ours with a read-only root', () => {
    const ours = Object.values({
      ...compose('subgraphs.yaml').services,
      ...compose('compose.yaml').services,
    });
    const open = ours.filter(
      ({ image = '', read_only }) => image.includes('enforcement-graph') && read_only !== true,
    );
    expect(open).toEqual([]);
  });
});

describe('deploy/helm', () => {
  const chart = join(deploy, 'helm', 'enforcement-graph');
  const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as object;

  /** What Helm makes of the few forms that the chart has. @throws {Error} on any other, and on a value that is not there. */
  const render = (template: string): string =>
    template
      .replace(/\n *\{\{- if ([^}]+) \}\}(.*?)\n *\{\{- end \}\}/gs, (_, path: string, body: string) =>
        valueAt(path) === '' ? '' : body,
      )
      .replace(/\{\{ (\S+)( \| quote)? \}\}/g, (_, path: string, quote?: string) =>
        quote === undefined ? String(valueAt(path)) : JSON.stringify(String(valueAt(path))),
      );
  const valueAt = (path: string): unknown => {
    if (path === '.Release.Name') return 'graph';
    const [, first, ...keys] = path.split('.');
    const found = keys.reduce<unknown>(
      (within, key) => (within as Record<string, unknown> | undefined)?.[key],
      values,
    );
    if (first !== 'Values' || found === undefined) throw new Error(`values.yaml has no ${path}`);
    return found;
  };

  it('is of the version of the program', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'))).toMatchObject({
      version,
      appVersion: version,
    });
    expect(values).toMatchObject({ image: { tag: version } });
    expect(compose('compose.yaml').services.gateway?.image).toContain(`:${version}}`);
  });

  it.each(readdirSync(join(chart, 'templates')))(
    'has values for templates/%s, which becomes one object',
    (name) => {
      const rendered = render(readFileSync(join(chart, 'templates', name), 'utf8'));
      expect(rendered).not.toContain('{{');
      const documents = parseAllDocuments(rendered);
      expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
      expect(documents.map((document) => document.toJS())).toMatchObject([
        { kind: expect.stringMatching(/^[A-Z]/), metadata: { name: 'graph' } },
      ]);
    },
  );
});
