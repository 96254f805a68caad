import { buildSchema, parse } from 'graphql';
import { describeOperation } from '../execute/described-operation.js';
import { buildProjection } from '../execute/project/build-projection.js';
import { responseNameOf } from '../plan/response-name.js';
import { compileProgram, type Program } from './compile-program.js';
import { loadModule } from './load-module.js';
import { createReplyScanner, MOST_REPLY_BYTES, type ScannedReply } from './reply-scanner.js';

const schema = buildSchema(`
  type Query { ship(id: ID): Ship ships: [Ship!] named: Named }
  interface Named { id: ID! }
  type Ship implements Named { id: ID! name: String crew: Int aVeryLongNameOfAFieldThatIsMissing: String }
  type Person implements Named { id: ID! age: Int }
`);

function programOf(query: string): Program {
  const described = describeOperation(parse(query), undefined, schema);
  if (described instanceof Error) throw described;
  const { operation, fragments } = described;
  const projection = buildProjection({ schema, operation, fragments, variables: {}, nameOf: responseNameOf });
  const program = compileProgram(projection, new Set(['ship', 'ships', 'named']));
  if (program === null) throw new Error('it must have a program');
  return program;
}

const SHIP = programOf('{ ship { id name crew } }');
const loaded = loadModule();
const scanner = createReplyScanner(loaded);

function scan(reply: string, program: Program = SHIP) {
  const bytes = Buffer.from(reply);
  return { bytes, scanned: scanner.scan(program, bytes) };
}

function scannedOf(reply: string, program: Program = SHIP): ScannedReply {
  const { scanned } = scan(reply, program);
  if (typeof scanned === 'string') throw new Error(`left to the objects: ${scanned}`);
  return scanned;
}

describe('createReplyScanner()', () => {
  it('gives the reply itself when it says nothing else', () => {
    const { bytes, scanned } = scan('{"data":{"ship":{"id":"1","name":"宁波","crew":3}}}');
    expect(scanned).toMatchObject({ data: { body: bytes }, extensions: undefined });
    expect((scanned as ScannedReply).data.body).toBe(bytes);
  });

  it('gives a part of the reply when it has more beside data', () => {
    const { bytes, scanned } = scan(
      '{"data":{"ship":{"id":"1","name":null,"crew":3}},"extensions":{"coverage":[7]}}',
    );
    const { data, extensions } = scanned as ScannedReply;
    expect(data.bytes.buffer).toBe(bytes.buffer);
    expect([String(data), data.body, extensions]).toEqual([
      '{"ship":{"id":"1","name":null,"crew":3}}',
      null,
      { coverage: [7] },
    ]);
  });

  it('writes the order of the query, without what nobody asked for', () => {
    const text = '{ "data" : { "ship" : { "crew" : 3 , "x" : [ {} ] , "name" : "a" , "id" : 7 } } }';
    expect(String(scannedOf(text).data)).toBe('{"ship":{"id":"7","name":"a","crew":3}}');
  });

  it('keeps the digits of numbers', () => {
    expect(
      String(scannedOf('{"data":{"ship":{"id":12345678901234567890,"name":null,"crew":-1}}}').data),
    ).toBe('{"ship":{"id":"12345678901234567890","name":null,"crew":-1}}');
  });

  it('finds the type of an object wherever it says it', () => {
    const program = programOf('{ named { id ... on Person { age } ... on Ship { crew } } }');
    expect(
      String(scannedOf('{"data":{"named":{"age":3,"id":"1","__typename":"Person"}}}', program).data),
    ).toBe('{"named":{"id":"1","age":3}}');
  });

  it.each([
    ['bound', `{"data":{"ship":{"id":"1","x":${'['.repeat(200)}${']'.repeat(200)}}}}`],
    ['malformed', '{"data":{"ship":{"id":"1"}}'],
    ['malformed', '{"data":{"ship":{"id":"1"}}}x'],
    ['malformed', '\ufeff{"data":{"ship":null}}'],
    ['errors', '{"data":{"ship":null},"errors":[{}]}'],
    ['errors', '{"data":null}'],
    ['errors', '{}'.replace('}', '"x":1}')],
    ['violation', '{"data":{}}'],
    ['violation', '{"data":{"ship":{"id":null}}}'],
    ['violation', '{"data":{"ship":{"id":"1","crew":"3"}}}'],
    ['spelling', '{"data":{"ship":{"id":"1","crew":3.0}}}'],
    ['spelling', '{"data":{"ship":{"id":"1","crew":2147483648}}}'],
    ['duplicate', '{"data":{"ship":{"id":"1","id":"2"}}}'],
    ['duplicate', '{"data":{"ship":null},"data":{"ship":null}}'],
    ['escape', '{"data":{"ship":{"\\u0069d":"1"}}}'],
  ])('leaves it to the objects: %s for %s', (reason, reply) => {
    expect(scan(reply).scanned).toBe(reason);
  });

  it('leaves texts that are no UTF-8 to the objects', () => {
    const reply = Buffer.concat([
      Buffer.from('{"data":{"ship":{"id":"'),
      Buffer.from([0xff]),
      Buffer.from('"}}}'),
    ]);
    expect(scanner.scan(SHIP, reply)).toBe('encoding');
  });

  it('leaves replies that are too large, and answers that would be, to the objects', () => {
    const large = `{"data":{"ship":{"id":"${'x'.repeat(MOST_REPLY_BYTES)}"}}}`;
    expect(scan(large).scanned).toBe('bound');
    const program = programOf('{ ships { aVeryLongNameOfAFieldThatIsMissing name crew } }');
    expect(scan(`{"data":{"ships":[${'{},'.repeat(50_000)}{}]}}`, program).scanned).toBe('bound');
    expect(String(scannedOf('{"data":{"ships":[{}]}}', program).data)).toBe(
      '{"ships":[{"aVeryLongNameOfAFieldThatIsMissing":null,"name":null,"crew":null}]}',
    );
  });
});

describe('the memory of the scanner', () => {
  const CANARY = 0xa5;
  const HOSTILE = [
    '{"data":{"ship":{"id":"1","name":"',
    '{"data":{"ship":{"id":"1","name":"\\',
    '{"data":{"ship":{"id":"1","crew":12',
    '{"data":{"ship":{"id":"1","crew":-',
    '{"data":{"ship":{"id":"1"',
    '{"data":{"ship":{"id":"1",',
    '{"data":{"ship":{"id"',
    '{"data":{"ship":tru',
    '{"data":{"ship":n',
    '{"data":{"ship":{"x":[[',
    '{"data":{"ship":{"x":"\\u00',
    '{"data":{"crew":1,"ship":{"crew":1,"id":',
    ' ',
    '{"data":{"ship":{"id":"1","name":"a","crew":3}}}',
  ];

  it('never shows what another reply left in it', () => {
    scan(
      `{"data":{"ship":{"id":"${'secret '.repeat(1000)}","name":"secret","crew":3}},"extensions":{"a":"secret"}}`,
    );
    for (const whole of HOSTILE) {
      for (let length = 0; length < whole.length; length++) {
        const { scanned } = scan(whole.slice(0, length));
        expect(typeof scanned).toBe('string');
      }
    }
  });

  it('is not written beyond the room of an answer', () => {
    const { memory, firstFree, scan: scanAt } = loaded;
    const program = programOf('{ ships { aVeryLongNameOfAFieldThatIsMissing name crew } }');
    const bytes = Buffer.from(memory.buffer);
    const text = `{"data":{"ships":[${'{},'.repeat(100)}{"crew":1,"name":"x"}]}}`;
    const answerBytes = scannedOf(text, program).data.bytes.length;
    const replyAt = firstFree.value + 4096;
    const replyEnd = replyAt + text.length;
    const scratchAt = replyEnd + 64;
    const notesAt = scratchAt + 64;
    const outputAt = notesAt + 64;
    for (let room = 0; room < 12_000; room += 37) {
      bytes.fill(0, firstFree.value, outputAt);
      bytes.fill(CANARY, outputAt, outputAt + 20_000);
      bytes.set(program.image, firstFree.value);
      bytes.write(text, replyAt);
      const doubt = scanAt(firstFree.value, replyAt, replyEnd, scratchAt, notesAt, outputAt, outputAt + room);
      const beyond = bytes.subarray(outputAt + room, outputAt + 20_000);
      expect(beyond.every((byte) => byte === CANARY)).toBe(true);
      expect(bytes.toString('utf8', replyAt, replyEnd)).toBe(text);
      expect(doubt === 0).toBe(room >= answerBytes);
    }
  });
});
