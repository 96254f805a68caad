import { type CommandParser, defineScript } from '@redis/client';
import { z } from 'zod';
import { connectRedis } from '../../runtime/ledger/redis/connect-redis.js';
import type { RedisAddress } from '../../runtime/ledger/redis/redis-address.js';
import { HELD } from '../../subgraphs/port/hands.js';
import { ENTRIES_KEPT_MS, type HoldRow, type HoldStore, holdKey, readHold } from './hold-store.js';

/** One hash: a field for each sort and interface, holding when it was said, a blank, and what. */
const KEY = 'held';

/**
 * Puts rows (field, when, what) where they are later than what is there, or, if the first argument says so, later than all of it whatever they
 * say; forgets what was said before the second argument; and returns all.
 */
const SCRIPT = `
local function read()
  local all, when = redis.call('HGETALL', KEYS[1]), {}
  for i = 1, #all, 2 do when[all[i]] = tonumber(string.match(all[i + 1], '^%d+')) end
  return all, when
end
local _, when = read()
for i = 3, #ARGV, 3 do
  local field, said = ARGV[i], tonumber(ARGV[i + 1])
  local before = when[field]
  if ARGV[1] == 'latest' and before and before >= said then said = before + 1 end
  if not before or said > before then
    redis.call('HSET', KEYS[1], field, string.format('%.0f', said) .. ' ' .. ARGV[i + 2])
  end
end
for field, said in pairs(when) do
  if said < tonumber(ARGV[2]) then redis.call('HDEL', KEYS[1], field) end
end
return (read())
`;

interface Question {
  readonly order: 'latest' | 'later';
  readonly forgetBefore: number;
  readonly rows: readonly HoldRow[];
}

const HOLD = defineScript({
  SCRIPT,
  IS_READ_ONLY: false,
  parseCommand: (parser: CommandParser, { order, forgetBefore, rows }: Question) => {
    parser.pushKeysLength([KEY]);
    parser.push(order, String(forgetBefore));
    for (const row of rows) parser.push(holdKey(row), String(row.changed), JSON.stringify(row.pause));
  },
  transformReply: (reply: unknown) => reply,
});

const replyGrammar = z.array(z.string());
const held = z.enum(HELD);

/** Holds that machines share in a Redis (7 is tried). It may lose everything: whoever has not gone puts it there again. */
export interface RedisHolds extends HoldStore {
  close(): void;
}

/** @returns when there is a connection, and after a second at the latest. */
export async function openRedisHolds(address: RedisAddress): Promise<RedisHolds> {
  const redis = await connectRedis(address, { hold: HOLD });
  const ask = async (question: Question): Promise<readonly HoldRow[]> =>
    rowsOf(replyGrammar.parse(await redis.ready().hold(question)));
  return {
    put: async (row) => {
      const forgetBefore = row.changed - ENTRIES_KEPT_MS;
      const all = await ask({ order: 'latest', forgetBefore, rows: [row] });
      return all.find((one) => holdKey(one) === holdKey(row))?.changed ?? row.changed;
    },
    exchange: (rows) => ask({ order: 'later', forgetBefore: 0, rows }),
    close: () => redis.close(),
  };
}

function rowsOf(reply: readonly string[]): readonly HoldRow[] {
  return reply.flatMap((field, index) => {
    if (index % 2 === 1) return [];
    const text = reply[index + 1] ?? '';
    const [blank, end] = [field.indexOf(' '), text.indexOf(' ')];
    return [
      {
        interface: field.slice(blank + 1),
        held: held.parse(field.slice(0, blank)),
        changed: Number(text.slice(0, end)),
        pause: readHold(text.slice(end + 1)),
      },
    ];
  });
}
