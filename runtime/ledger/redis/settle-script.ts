import { LEASE_MS, LENT_AHEAD } from '../quota-ledger.js';

/**
 * `settleClaim` for all claims of a question, as one step of Redis. KEYS: of each claim's account. ARGV: holder, turn, and
 * nine numbers a claim, as `redis-ledger.ts` writes them. The reply has six whole numbers a claim.
 *
 * An account is a hash: `level` and `countedAt` (milliseconds of the clock of Redis), and for each holder `h:<holder>`:
 * tokens, places, turn and the end of its lease. It is forgotten when every lease has ended and the bucket is full.
 */
export const SETTLE_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local holder, turn = 'h:' .. ARGV[1], tonumber(ARGV[2])
local reply = {}

local function in_turn(wanted, kept, left, ahead)
  local at_once = math.max(0, wanted - kept)
  local kept_after = kept + at_once - wanted
  local spare = math.floor((left - at_once + kept_after) * ${LENT_AHEAD})
  local later = math.max(0, math.min(ahead, spare) - kept_after)
  return at_once + later, kept_after + later, spare
end

local function add(...)
  for _, value in ipairs({...}) do reply[#reply + 1] = value end
end

for index, key in ipairs(KEYS) do
  local first = 2 + (index - 1) * 9
  local rate, burst, concurrent = tonumber(ARGV[first + 1]), tonumber(ARGV[first + 2]), tonumber(ARGV[first + 3])
  local said_tokens, said_returned = tonumber(ARGV[first + 4]), tonumber(ARGV[first + 5])
  local said_places, running = tonumber(ARGV[first + 6]), tonumber(ARGV[first + 7])
  local waiting, ahead = tonumber(ARGV[first + 8]), tonumber(ARGV[first + 9])

  local level, counted_at, lent, held_by_others, mine = burst, now, 0, 0, nil
  local ended = {}
  local fields = redis.call('HGETALL', key)
  for at = 1, #fields, 2 do
    local name, value = fields[at], fields[at + 1]
    if name == 'level' then level = tonumber(value)
    elseif name == 'countedAt' then counted_at = tonumber(value)
    else
      local tokens, places, last_turn, ends_at = string.match(value, '^(%d+) (%d+) (%d+) (%d+)$')
      tokens, places, last_turn, ends_at = tonumber(tokens), tonumber(places), tonumber(last_turn), tonumber(ends_at)
      lent = lent + tokens
      if ends_at <= now then ended[#ended + 1] = name
      elseif name == holder then mine = { tokens = tokens, places = places, turn = last_turn }
      else held_by_others = held_by_others + places end
    end
  end
  -- The clock of Redis may be set back.
  local came_back = math.max(0, now - counted_at) / 1000 * rate
  level = math.max(0, math.min(burst - lent, level + came_back))
  for _, name in ipairs(ended) do redis.call('HDEL', key, name) end

  if mine and mine.turn >= turn then
    add(0, 0, 0, 0, 0, 0)
  else
    local kept_tokens, returned, kept_places = 0, 0, running
    if mine then
      kept_tokens = math.min(said_tokens, mine.tokens)
      returned = math.min(said_returned, mine.tokens - kept_tokens)
      kept_places = math.max(running, math.min(said_places, mine.places))
    end
    level = level + returned
    local free = math.max(0, concurrent - held_by_others - kept_places)
    local idle = kept_places - running
    local begins = math.min(waiting, kept_tokens + math.floor(level), idle + free)
    local tokens, keeps = in_turn(begins, kept_tokens, level, ahead)
    local places, _, spare = in_turn(begins, idle, free, ahead)
    level = level - tokens
    local all_places = kept_places + places
    local token_in = 0
    if level < 1 then token_in = math.ceil((1 - level) / rate * 1000) end
    redis.call('HSET', key, holder, string.format('%d %d %d %d', keeps, all_places, turn, now + ${LEASE_MS}))
    add(mine and 1 or 0, tokens, places, token_in, held_by_others + all_places, spare)
  end
  redis.call('HSET', key, 'level', string.format('%.9f', level), 'countedAt', string.format('%d', now))
  redis.call('PEXPIRE', key, string.format('%d', ${LEASE_MS} + math.ceil(burst / rate * 1000)))
end
return reply
`;
