import { SourceRejected } from '../../source-error.js';
import type { SoapDefinition } from '../soap-definition.js';
import type { Credentials } from './credentials.js';
import type { Template } from './template.js';

/** What templates have of their own. */
const RESERVED = ['user', 'password', 'request'] as const;

/**
 * Every placeholder must stand for something, and everything that is to be sent must have a placeholder: a key that is
 * not sent would silently ask for everything.
 *
 * @param action completes the sentence "Cannot …".
 * @throws {SourceRejected}
 */
export function checkPlaceholders(
  definition: SoapDefinition,
  body: Template,
  request: Template | null,
  credentials: Credentials,
  action: string,
): void {
  const require = (isGiven: boolean, must: string, name: string): void => {
    if (isGiven) return;
    throw new SourceRejected(`Cannot ${action}: ${must}, but ${JSON.stringify(name)} is not`);
  };
  const used = new Set([...body.placeholders, ...(request?.placeholders ?? [])]);
  const sent = sentParameters(definition);
  const parameters = new Set([...sent, ...definition.needs, ...definition.probe.keys()]);
  for (const name of RESERVED) {
    require(!parameters.has(
      name,
    ), 'a parameter must have another name than user, password and request', name);
  }
  for (const name of sent)
    require(used.has(name), 'every parameter must be a placeholder of a template', name);
  require(body.placeholders.has('request') ===
    (request !== null), 'the request must be both a template and a placeholder of the body', 'request');
  require(request?.placeholders.has('request') !==
    true, 'a placeholder of the request must be a parameter', 'request');
  for (const name of used) {
    const isGiven = name === 'request' || parameters.has(name) || isConfigured(name, credentials);
    require(isGiven, 'every placeholder must be a parameter, or configured for the connection', name);
  }
  // What a placeholder stands for is escaped, and CDATA would keep the escapes.
  const text = `${definition.body}${definition.request ?? ''}`;
  require(!text.includes('<!'), 'a template must be without CDATA and comments', '<!');
}

function isConfigured(name: string, { user, password }: Credentials): boolean {
  return (name === 'user' && user !== undefined) || (name === 'password' && password !== undefined);
}

function sentParameters({ fixed, ask, paging }: SoapDefinition): ReadonlySet<string> {
  const names = [...fixed.keys(), ...ask.map(({ param }) => param)];
  if (paging !== undefined) names.push(paging.param);
  if (paging?.sizeParam !== undefined) names.push(paging.sizeParam);
  return new Set(names);
}
