import { signIf1 } from './if1/sign-if1.js';
import { signIf2 } from './if2/sign-if2.js';

// The vectors of domain §1.1; the one in lower case is by `md5sum`.
describe('signIf1()', () => {
  it('is the md5 of key, secret and time', () => {
    expect(signIf1('demoAppKey', 'demoRequestSecret', '1636447760000')).toBe(
      'ea6896b63ccea1500f9fb0aef884c311',
    );
  });

  it('turns key and secret to lower case where the gateway wants it', () => {
    expect(signIf1('demoAppKey', 'demoRequestSecret', '1636447760000', true)).toBe(
      'e730fb7199baedad886c49f6bb351f1d',
    );
  });
});

describe('signIf2()', () => {
  it('is the HMAC-SHA256 of five lines with a line break after the last', () => {
    const request = {
      method: 'POST',
      path: '/restapi/prod/IC33000020220228000002/demo',
      query: 'a=1&b=2',
      accessKey: 'AK-DEMO',
      date: 'Tue, 09 Nov 2021 08:49:20 GMT',
    };
    expect(signIf2(request, 'SK-DEMO')).toBe('kkbFvgn7XrfZqjgJ9BCNZTWGqvP8MUcbC3So5tRVS7o=');
  });
});
