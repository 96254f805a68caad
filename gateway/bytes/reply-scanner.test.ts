import { buildSchema, parse } from 'graphql';
import { describeOperation } from '../execute/described-operation.js';
import { buildProjection } from '../execute/project/build-projection.js';
import { responseNameOf } from '../plan/response-name.js';
import { compileProgram, type Program } from './compile-program.js';
import { DOUBT_BOUND } from './layout.js';
import { loadModule } from './load-module.js';
import { createReplyScanner, MOST_REPLY_BYTES, type ScannedReply } from './reply-scanner.js';

const schema = buildSchema(`
  enum Stage { OPEN CLOSED }
  scalar Anything
  type Query { ship(id: ID): Ship ships: [Ship!] named: Named subject: Subject }
  interface Named { id: ID! }
  type Ship implements Named {
    id: ID! name: String crew: Int weight: Float isHome: Boolean stage: Stage extra: Anything
    aVeryLongNameOfAFieldThatIsMissing: String
  }
  type Person implements Named { id: ID! age: Int }
  type Subject { id: ID ref: String name: String ships: [Ship] }
`);

function programOf(query: string): Program {
  const described = describeOperation(parse(query), undefined, schema);
  if (described instanceof Error) throw described;
  const { operation, fragments } = described;
  const projection = buildProjection({ schema, operation, fragments, variables: {}, nameOf: responseNameOf });
  const program = compileProgram(projection, new Set(['ship', 'ships', 'named', 'subject']));
  if (program === null) throw new Error('it must have a program');
  return program;
}

/** By the root field that they show. */
const PROGRAMS = {
  ship: programOf('{ ship { id name crew weight isHome stage extra } }'),
  ships: programOf('{ ships { id } }'),
  named: programOf('{ named { id } }'),
  subject: programOf('{ subject { name ships { id } } }'),
};
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

  it('gives no reply that has something behind it', () => {
    expect(scannedOf('{"data":{"ship":null}}\n').data.body).toBeNull();
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
    ['bound', `{"ship":{"id":"1","x":${'['.repeat(200)}${']'.repeat(200)}}}`],
    ['duplicate', '{"ship":{"id":"1","id":"2"}}'],
    ['duplicate', '{"ship":{"crew":1,"crew":2}}'],
    ['duplicate', '{"ship":{"__typename":"Ship","__typename":"Ship","id":"1"}}'],
    ['duplicate', '{"ship":{"crew":1,"__typename":"Ship","__typename":"Ship","id":"1"}}'],
    ['escape', '{"ship":{"\\u0069d":"1"}}'],
    ['escape', '{"ship":{"crew":1,"\\u0069d":"1"}}'],
    ['escape', '{"ship":{"__typename":"Sh\\u0069p","id":"1"}}'],
    ['escape', '{"ship":{"id":"1","stage":"OP\\u0045N"}}'],
    ['escape', '{"named":{"__typename":"Sh\\u0069p","id":"1"}}'],
    ['escape', '{"named":{"\\u005f_typename":"Ship","id":"1"}}'],
    ['violation', '{}'],
    ['violation', '{"ship":{}}'],
    ['violation', '{"ship":{"id":null}}'],
    ['violation', '{"ship":7}'],
    ['violation', '{"ship":[]}'],
    ['violation', '{"ship":{"__typename":"Person","id":"1"}}'],
    ['violation', '{"ship":{"__typename":7,"id":"1"}}'],
    ['violation', '{"ship":{"id":true}}'],
    ['violation', '{"ship":{"id":"1","name":7}}'],
    ['violation', '{"ship":{"id":"1","name":true}}'],
    ['violation', '{"ship":{"id":"1","crew":"3"}}'],
    ['violation', '{"ship":{"id":"1","crew":true}}'],
    ['violation', '{"ship":{"id":"1","crew":{}}}'],
    ['violation', '{"ship":{"id":"1","weight":"3"}}'],
    ['violation', '{"ship":{"id":"1","isHome":"true"}}'],
    ['violation', '{"ship":{"id":"1","isHome":1}}'],
    ['violation', '{"ship":{"id":"1","stage":"LOST"}}'],
    ['violation', '{"ship":{"id":"1","stage":7}}'],
    ['violation', '{"ships":7}'],
    ['violation', '{"ships":7]}'],
    ['violation', '{"ships":{}}'],
    ['violation', '{"ships":[null]}'],
    ['violation', '{"ships":[[]]}'],
    ['violation', '{"named":7}'],
    ['violation', '{"named":{"id":"1"}}'],
    ['violation', '{"named":{"__typename":"Nobody","id":"1"}}'],
    ['violation', '{"named":{"__typename":7,"id":"1"}}'],
    ['spelling', '{"ship":{"id":1.5}}'],
    ['spelling', '{"ship":{"id":-0}}'],
    ['spelling', '{"ship":{"id":"1","crew":3.0}}'],
    ['spelling', '{"ship":{"id":"1","crew":3e1}}'],
    ['spelling', '{"ship":{"id":"1","crew":-0}}'],
    ['spelling', '{"ship":{"id":"1","crew":2147483648}}'],
    ['spelling', '{"ship":{"id":"1","crew":-2147483649}}'],
    ['spelling', '{"ship":{"id":"1","crew":12345678901}}'],
    ['spelling', '{"ship":{"id":"1","weight":-0.0}}'],
    ['spelling', '{"ship":{"id":"1","weight":1e2}}'],
    ['spelling', `{"ship":{"id":"1","weight":1${'0'.repeat(400)}}}`],
    ['spelling', '{"ship":{"id":"1","extra":{"a":1,"a":2}}}'],
    ['spelling', '{"ship":{"id":"1","extra":[]}}'],
    ['malformed', '{"ship":{"id":"1" "name":"a"}}'],
    ['malformed', '{"ship":{"id":"1","crew":1 "name":"a"}}'],
    ['malformed', '{"ship":{"crew":1,"id":"1" "name":"a"}}'],
    ['malformed', '{"ship":{"id":"1",}}'],
    ['malformed', '{"ship":{"id" "1"}}'],
    ['malformed', '{"ship":{id:"1"}}'],
    ['malformed', '{"ship":{"id":"a\u0001"}}'],
    ['malformed', '{"ship":{"id":"a\\x"}}'],
    ['malformed', '{"ship":{"id":"a\\u00g0"}}'],
    ['malformed', '{"ship":{"id":01}}'],
    ['malformed', '{"ship":{"id":-}}'],
    ['malformed', '{"ship":{"id":"1","weight":1.}}'],
    ['malformed', '{"ship":{"id":"1","weight":1e}}'],
    ['malformed', '{"ships":[{"id":"1"} {"id":"1"}]}'],
    ['malformed', '{"ship":null,"x":[1 2]}'],
    ['malformed', '{"ship":null,"x":[1;2]}'],
    ['malformed', '{"ship":null,"x":{"a":1;"b":2}}'],
    ['malformed', '{"ship":null,"x":{"a";1}}'],
    ['malformed', '{"ship";null}'],
    ['malformed', '{"ship":null,"x":{"a":1 "b":2}}'],
    ['malformed', '{"ship":null,"x":{"a" 1}}'],
    ['malformed', '{"ship":null,"x":{a:1}}'],
    ['malformed', '{"ship":null,"x":01}'],
    ['malformed', '{"ship":null,"x":"a\\x"}'],
    ['malformed', '{"ship":null,"x":nul}'],
  ])('leaves it to the objects: %s for data %s', (reason, data) => {
    const [field] = /\w+/.exec(data) ?? ['ship'];
    expect(scan(`{"data":${data}}`, PROGRAMS[field as keyof typeof PROGRAMS]).scanned).toBe(reason);
  });

  it.each([
    ['malformed', '{"data":{"ship":null}'],
    ['malformed', '{"data":{"ship":null}}x'],
    ['malformed', '{"data":{"ship":null} "x":1}'],
    ['malformed', '{"data":{"ship":null},"\\u0064ata":1}'],
    ['malformed', '\ufeff{"data":{"ship":null}}'],
    ['malformed', '[]'],
    ['errors', '{"data":{"ship":null},"errors":[{}]}'],
    ['errors', '{"data":{"ship":null},"errors":{}}'],
    ['errors', '{"data":null}'],
    ['errors', '{"data":[]}'],
    ['errors', '{"x":1}'],
    ['duplicate', '{"data":{"ship":null},"data":{"ship":null}}'],
    ['duplicate', '{"data":{"ship":null},"errors":null,"errors":[]}'],
    ['duplicate', '{"data":{"ship":null},"extensions":{},"extensions":{}}'],
  ])('leaves it to the objects: %s for %s', (reason, reply) => {
    expect(scan(reply).scanned).toBe(reason);
  });

  it.each(['null', '[]', '[ ]'])('takes it that there are no errors: %s', (errors) => {
    expect(String(scannedOf(`{"errors":${errors},"data":{"ship":null}}`).data)).toBe('{"ship":null}');
  });

  it('counts the objects of each type, and what names subjects, shown or not', () => {
    const { types, subjects } = scannedOf(
      '{"data":{"subject":{"name":"a","ref":"uscc:1","id":"s\\u0031","ships":[{"id":"1"},{"id":"2"}]}}}',
      PROGRAMS.subject,
    ).touched();
    expect([[...types], [...subjects]]).toEqual([
      [
        ['Subject', 1],
        ['Ship', 2],
      ],
      ['uscc:1', 's1'],
    ]);
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

  it.each([
    ['places of fields', PROGRAMS.ship, '{"data":{"ship":{"crew":1,"id":"1"}}}'],
    ['notes', PROGRAMS.subject, '{"data":{"subject":{"id":"1","ref":"2","name":"a","ships":null}}}'],
  ])('is not written beyond the room for %s', (_, program, text) => {
    const { memory, firstFree, scan: scanAt } = loaded;
    const bytes = Buffer.from(memory.buffer);
    const replyAt = firstFree.value + 4096;
    const replyEnd = replyAt + text.length;
    const scratchAt = replyEnd + 64;
    // Neither has room for two words.
    const notesAt = scratchAt + 4;
    const outputAt = notesAt + 8;
    bytes.fill(0, firstFree.value, scratchAt);
    bytes.fill(CANARY, scratchAt, outputAt + 1000);
    bytes.set(program.image, firstFree.value);
    bytes.write(text, replyAt);
    const doubt = scanAt(firstFree.value, replyAt, replyEnd, scratchAt, notesAt, outputAt, outputAt + 100);
    expect(doubt).toBe(DOUBT_BOUND);
    expect(bytes.subarray(outputAt + 100, outputAt + 1000).every((byte) => byte === CANARY)).toBe(true);
    expect(bytes.readUInt8(scratchAt)).toBe(CANARY);
  });
});
