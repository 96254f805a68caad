import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
// After the build. The faults of the demo county's systems.
import { sendAnswer } from '../../dist/demo/servers/send-answer.js';

const BOMB_BYTES = 2 ** 30;
const BLANKS = Buffer.alloc(1024 * 1024, 0x20);

/** What goes wrong with the answers of this process, from now on until it is told otherwise. */
export function createAnswerFault() {
  /** @type {import('../../demo/servers/faults.js').Fault | null} */
  let fault = null;
  /** @type {Buffer | null} made once: to compress each answer anew would take the cores from what is measured. */
  let bomb = null;
  return {
    /** @param {import('../../demo/servers/faults.js').Fault | null} next null: nothing */
    set: async (next) => {
      if (next?.content === 'gzip-bomb') bomb ??= await makeBomb();
      fault = next;
    },

    /** @param {import('node:http').ServerResponse} response @param {Buffer} bytes the right answer @returns {boolean} false: send that */
    spoils: (response, bytes) => {
      if (fault === null) return false;
      if (fault.content === 'gzip-bomb' && bomb !== null) {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'content-length': bomb.length,
        });
        response.end(bomb);
        return true;
      }
      const answer = { status: 200, type: 'application/json', charset: 'utf-8', text: bytes.toString() };
      sendAnswer(response, answer, answer, fault).catch(() => response.destroy());
      return true;
    },
  };
}

/** 1 GiB of JSON that never ends, in 1 MB. */
function makeBomb() {
  function* chunks() {
    yield Buffer.from('{"data":');
    for (let left = BOMB_BYTES; left > 0; left -= BLANKS.length) yield BLANKS;
  }
  return buffer(Readable.from(chunks(), { objectMode: false }).pipe(createGzip()));
}
