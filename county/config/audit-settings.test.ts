// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import { formatProblem, type Problem } from '../../runtime/yaml/problem.js';
import { describeYamlIssues } from '../../runtime/yaml/yaml-problems.js';
import { auditGrammar, readAuditSettings } from './audit-settings.js';

const PEM = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ENVIRONMENT = { KEY: 'a key of sixteen signs', SUBJECT: 'another key of theirs', SHORT: 'short', PEM };
const grammar = z.strictObject({ audit: auditGrammar.optional() });

function read(text: string) {
  const yaml = parsePlacedYaml(text, '/etc/eg/gateway.yaml');
  const decoded = grammar.safeParse(yaml.value ?? {}, { reportInput: true });
  if (!decoded.success) {
    const messages = describeYamlIssues(decoded.error.issues, yaml, grammar).map(formatProblem).join('\n');
    return { settings: null, messages };
  }
  const problems: Problem[] = [];
  const means = { file: '/etc/eg/gateway.yaml', environment: ENVIRONMENT, problems };
  const settings = readAuditSettings(decoded.data.audit, yaml, means);
  return { settings, messages: problems.map(formatProblem).join('\n') };
}

const LEAST = 'folder: audit, sign: { with: hmac, key: "${env:KEY}" }, subjectKey: "${env:SUBJECT}"';

describe('readAuditSettings()', () => {
  it('takes what the block does not say as usual, and folders beside the file', () => {
    const { settings, messages } = read(`audit: { ${LEAST} }`);
    expect(messages).toBe('');
    expect(settings).toMatchObject({
      folder: '/etc/eg/audit',
      copyFolder: null,
      hash: 'sha256',
      signing: { kind: 'hmac' },
      segmentBytes: 64 * 1024 * 1024,
      checkpointMs: 1000,
      checkpointRecords: 1000,
      retentionDays: 180,
      maxWaiting: 10_000,
      onFailure: 'refuse',
      unusual: { night: { from: 22, until: 6 }, volume: { perDay: 200 }, follow: { days: 5 } },
    });
    expect(settings?.signing.key.reveal()).toBe(ENVIRONMENT.KEY);
    expect(JSON.stringify(settings)).not.toContain(ENVIRONMENT.KEY);
  });

  it('reads every key', () => {
    const { settings, messages } = read(
      [
        'audit:',
        '  folder: /var/audit',
        '  copy: ../copy',
        '  hash: sm3',
        '  sign: { with: ed25519, key: "${env:PEM}" }',
        '  subjectKey: "${env:SUBJECT}"',
        '  segmentMegabytes: 1',
        '  checkpoint: { every: 500ms, records: 10 }',
        '  retention: 365d',
        '  maxWaiting: 5',
        '  onFailure: answer',
        '  unusual: { night: { from: 20 }, volume: { perDay: 7 }, follow: { days: 3 } }',
      ].join('\n'),
    );
    expect(messages).toBe('');
    expect(settings).toMatchObject({
      folder: '/var/audit',
      copyFolder: '/etc/copy',
      hash: 'sm3',
      signing: { kind: 'ed25519' },
      segmentBytes: 1024 * 1024,
      checkpointMs: 500,
      checkpointRecords: 10,
      retentionDays: 365,
      maxWaiting: 5,
      onFailure: 'answer',
      unusual: {
        night: { from: 20, until: 6, level: 'L2', least: 1 },
        volume: { perDay: 7 },
        follow: { days: 3, within: 30, level: 'L3' },
      },
    });
  });

  it('is null without a block', () => {
    expect(read('')).toEqual({ settings: null, messages: '' });
  });

  it.each([
    [`audit: { ${LEAST}, retention: 179d }`, ':1:107: ', '180'],
    [`audit: { ${LEAST}, retention: 4319h }`, ':1:107: ', '180'],
    [`audit: { ${LEAST}, checkpoint: { every: 1h } }`, ':1:117: ', '60s'],
    [`audit: { ${LEAST}, hash: md5 }`, 'audit.hash', 'sha256'],
    [`audit: { ${LEAST}, folders: x }`, '"folders"', 'folder'],
    [`audit: { ${LEAST.replace('${env:KEY}', '${env:NONE}')} }`, 'audit.sign.key', 'NONE'],
    [`audit: { ${LEAST.replace('${env:KEY}', '${env:SHORT}')} }`, 'audit.sign.key', '16'],
    [`audit: { ${LEAST.replace('${env:SUBJECT}', '${env:SHORT}')} }`, 'audit.subjectKey', '16'],
    [`audit: { ${LEAST.replace('hmac', 'ed25519')} }`, 'audit.sign.key', 'Ed25519'],
    ['audit: { folder: x }', 'audit.sign', 'missing'],
  ])('refuses %s', (text, place, reason) => {
    const { settings, messages } = read(text);
    expect(settings).toBeNull();
    expect(messages).toContain(place);
    expect(messages).toContain(reason);
    expect(messages).not.toContain(ENVIRONMENT.KEY);
  });
});
