import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listenLocally } from '../../../test/databases/listen-locally.js';
import type { Deadline } from '../../call-deadline.js';
import { withDeadline } from '../../call-deadline.js';
import {
  CredentialsRefused,
  type SourceError,
  SourceMalformed,
  SourceRejected,
  SourceTimeout,
  SourceTooLarge,
  SourceUnavailable,
} from '../../source-error.js';
import { wideBounds } from '../../testing/contract-bounds.js';
import { ClickHouseServer } from './clickhouse-server.js';

interface Heard {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let clickHouse: ClickHouseServer;
let answer: (response: ServerResponse, heard: Heard) => void;
const heard: Heard[] = [];

beforeEach(async () => {
  heard.splice(0);
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const said = { url, headers: request.headers, body: Buffer.concat(chunks).toString() };
    heard.push(said);
    answer(response, said);
  });
  const port = await listenLocally(server);
  clickHouse = new ClickHouseServer({
    url: `http://127.0.0.1:${port}`,
    database: 'eg',
    user: 'gateway',
    password: 'secret word',
  });
});

afterEach(async () => {
  await clickHouse.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function within<T>(work: (deadline: Deadline) => Promise<T>, more = {}): Promise<T> {
  return withDeadline({ ...wideBounds(), ...more }, 'try', work);
}

const query = (params: readonly (string | readonly string[])[] = [], more = {}) =>
  within((deadline) => clickHouse.query({ text: 'SELECT {p1:String}', params }, deadline), more);

/** What a server of ClickHouse says of a failure. */
function exception(status: number, code: number, text: string) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'x-clickhouse-exception-code': String(code) });
    response.end(`Code: ${code}. DB::Exception: ${text}\n`);
  };
}

describe('ClickHouseServer', () => {
  it('sends values apart from the statement, and the password in no address', async () => {
    answer = (response) => response.end('["1",2]\n[null,"嵊泗"]\n');
    expect(await query(["'; DROP TABLE x; --\t\\"])).toEqual([
      ['1', 2],
      [null, '嵊泗'],
    ]);
    const [{ url, headers, body } = { url: new URL('x:'), headers: {}, body: '' }] = heard;
    expect(body).toMatch(
      /^SELECT \{p1:String\} SETTINGS max_execution_time = 30, .* FORMAT JSONCompactEachRow$/,
    );
    expect(url.searchParams.get('param_p1')).toBe("\\'; DROP TABLE x; --\\t\\\\");
    expect(url.searchParams.get('database')).toBe('eg');
    expect(headers['x-clickhouse-user']).toBe('gateway');
    expect(headers['x-clickhouse-key']).toBe('secret word');
    expect(url.href).not.toContain('secret');
  });

  it('sends values that are too long for an address as a form', async () => {
    answer = (response) => response.end('');
    const texts = Array.from({ length: 3000 }, (_, index) => `it's ${index}`);
    expect(await query([texts])).toEqual([]);
    const [{ url, headers, body } = { url: new URL('x:'), headers: {}, body: '' }] = heard;
    expect(url.search.length).toBeLessThan(1000);
    const form = await new Response(body, {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData();
    expect(form.get('query')).toMatch(/^SELECT \{p1:String\} SETTINGS/);
    expect(form.get('param_p1')).toBe(`[${texts.map((text) => `'${text.replace("'", "\\'")}'`).join(',')}]`);
  });

  it.each<[string, number, number, new (...words: never[]) => SourceError]>([
    ['a wrong password', 403, 516, CredentialsRefused],
    ['a statement that takes too long', 408, 159, SourceTimeout],
    ['a table that is gone', 404, 60, SourceMalformed],
    ['a broken part', 500, 40, SourceMalformed],
    ['a database that is not there', 404, 81, SourceUnavailable],
    ['too little memory', 500, 241, SourceUnavailable],
    ['a mistake in the statement', 400, 62, SourceRejected],
  ])('tells %s', async (_, status, code, expected) => {
    answer = exception(status, code, 'why it is so');
    const error = await query().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({
      message: expect.stringContaining('why it is so'),
      detail: expect.stringMatching(/^快照库.*The store of snapshots/),
    });
  });

  it.each([
    ['a page of something else', '<html>nginx</html>', '<html>nginx'],
    ['a row that is none', '{"a":1}\n', '{\\"a\\":1}'],
    ['a line that breaks off', '["1","2"]\n["1', 'which does not end as a line'],
    ['an exception in the middle', '["1"]\nCode: 241. DB::Exception: memory\n', 'Code: 241.'],
  ])('calls %s malformed, and says what was found', async (_, text, found) => {
    answer = (response) => response.end(text);
    const error = await query().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SourceMalformed);
    expect((error as Error).message).toContain(found);
  });

  it.each([
    [502, SourceUnavailable],
    [418, SourceMalformed],
    [302, SourceMalformed],
  ])('takes a status %i that says nothing for what it is', async (status, expected) => {
    answer = (response) => response.writeHead(status, { location: '/' }).end('what?');
    await expect(query()).rejects.toBeInstanceOf(expected);
  });

  it('ends an answer that is too large', async () => {
    answer = (response) => response.end('["0123456789"]\n'.repeat(1000));
    await expect(query([], { maxBytes: 1000 })).rejects.toBeInstanceOf(SourceTooLarge);
  });

  it('has a statement stopped that nobody waits for any more', async () => {
    const killed = new Promise<Heard>((resolve) => {
      answer = (response, said) => {
        if (!said.body.startsWith('KILL')) return;
        response.end('');
        resolve(said);
      };
    });
    await expect(query([], { timeoutMs: 100 })).rejects.toBeInstanceOf(SourceTimeout);
    const { url, body } = await killed;
    expect(body).toBe('KILL QUERY WHERE query_id = {p1:String} ASYNC');
    expect(url.searchParams.get('param_p1')).toBe(heard[0]?.url.searchParams.get('query_id'));
  });

  it('is SourceUnavailable while nobody listens, and after it was closed', async () => {
    await new Promise((resolve) => server.close(resolve));
    const error = await query().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', detail: expect.stringMatching(/^快照库/) });
    await clickHouse.close();
    await expect(query()).rejects.toBeInstanceOf(SourceUnavailable);
  });
});
