import { tokenOf } from './asked-gateway.js';

describe('tokenOf()', () => {
  it('is the token of the variable, or none', () => {
    expect(tokenOf({ GRAPH_TOKEN: 'eyJ.a-b_c.d=' })?.reveal()).toBe('eyJ.a-b_c.d=');
    expect(tokenOf({})).toBeNull();
  });

  it.each(['eyJ.a.b  # 数据中心 data-centre', 'eyJ\n'])('refuses what no token has: %j', (token) => {
    expect(() => tokenOf({ GRAPH_TOKEN: token })).toThrow('GRAPH_TOKEN must be a token');
  });
});
