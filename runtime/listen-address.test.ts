import { AddressInvalid, decodeListenAddress, isLoopback } from './listen-address.js';

const DEFAULTS = { host: '127.0.0.1', port: 4000 };

describe('decodeListenAddress()', () => {
  it('takes what is given before the environment before the defaults', () => {
    expect(decodeListenAddress({}, {}, DEFAULTS)).toEqual(DEFAULTS);
    expect(decodeListenAddress({}, { HOST: '::1', PORT: '80' }, DEFAULTS)).toEqual({ host: '::1', port: 80 });
    expect(
      decodeListenAddress({ host: 'localhost', port: '0' }, { HOST: '::1', PORT: '80' }, DEFAULTS),
    ).toEqual({
      host: 'localhost',
      port: 0,
    });
    expect(decodeListenAddress({}, { HOST: '', PORT: '' }, DEFAULTS)).toEqual(DEFAULTS);
  });

  it.each(['', '-1', '65536', '4e3', '0x10', '40 00', 'http'])('refuses the port %j', (port) => {
    expect(() => decodeListenAddress({ port }, {}, DEFAULTS)).toThrow(AddressInvalid);
  });
});

describe('isLoopback()', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.255.0.9', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.example', false],
    ['127.1', false],
    ['192.168.0.1', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
