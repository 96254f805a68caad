// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { parseGatewaySettings } from './gateway-settings.js';

const ENVIRONMENT = { TOKEN: 'robot-token', SIGN: 'SEC0123456789abcdef', SHORT: 'short' };
const ROBOT =
  "kind: dingtalk, url: 'https://robot.example/robot/send', token: '${env:TOKEN}', secret: '${env:SIGN}'";

function parse(channels: string) {
  return parseGatewaySettings(`notify:\n  channels:\n${channels}`, 'gateway.yaml', ENVIRONMENT).channels;
}

describe('notify of gateway.yaml', () => {
  it('is channels with their address, secrets, what they are for, and when', () => {
    const [duty, leader] = parse(
      `    duty: { ${ROBOT}, departments: [market], causes: [LATE], severity: CRITICAL, quiet: [{ from: '22:00', to: '07:00' }], escalate: { after: 30m, to: leader } }
    leader: { kind: webhook, url: 'https://hook.example/in', secret: '\${env:SIGN}', severity: WARNING }
`,
    );
    expect(duty).toMatchObject({
      name: 'duty',
      departments: ['market'],
      causes: ['LATE'],
      severity: 'CRITICAL',
      quiet: [{ from: '22:00', to: '07:00' }],
      perMinute: 20,
      escalate: { afterMs: 1_800_000, to: 'leader' },
    });
    expect(duty?.target.secret.reveal()).toBe(ENVIRONMENT.SIGN);
    expect(leader).toMatchObject({ target: { kind: 'webhook' }, severity: null, perMinute: 60 });
    expect(JSON.stringify([duty, leader])).not.toContain(ENVIRONMENT.SIGN);
  });

  it.each([
    [
      'a secret that is written out',
      `    duty: { ${ROBOT.replace('${env:SIGN}', 'SEC0123456789abcdef')} }`,
      'secret',
    ],
    ['a token in the address', `    duty: { ${ROBOT.replace('/send', '/send?access_token=x')} }`, 'url'],
    ['a cause that there is none', `    duty: { ${ROBOT}, causes: [LATER] }`, 'causes'],
    ['more than a robot takes', `    duty: { ${ROBOT}, perMinute: 21 }`, 'perMinute'],
    [
      'an escalation to nobody',
      `    duty: { ${ROBOT}, escalate: { after: 30m, to: leader } }`,
      'escalate.to',
    ],
    ['an escalation to itself', `    duty: { ${ROBOT}, escalate: { after: 30m, to: duty } }`, 'escalate.to'],
    ['a short secret', `    duty: { ${ROBOT.replace('SIGN', 'SHORT')} }`, 'secret'],
  ])('refuses %s, and names the key', (_, text, key) => {
    expect(() => parse(`${text}\n`)).toThrow(key);
    expect(() => parse(`${text}\n`)).not.toThrow(ENVIRONMENT.SIGN);
  });
});
