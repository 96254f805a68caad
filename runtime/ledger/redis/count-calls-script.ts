/** A source counts its minute by a clock of its own: half a second more. */
export const CALL_MINUTE_MS = 60_500;
/** A holder that has not asked for so long is no machine any more. It asks every second. */
const GONE_MS = 5000;
/** After it was lost what all had had, within which each asks, and says it. */
const SETTLING_MS = 1500;
/** A day's counts are needed on the day after, where a call runs over midnight. */
const DAY_KEPT_MS = 3 * 86_400_000;

/**
 * Settles all claims of a question as one step of Redis. KEYS: the machines, since when there are any, then three of each claim: its running
 * calls, those of its minute, and its day. ARGV: the holder, and each claim as JSON. The reply: machines, whether the holder was known, and
 * five whole numbers a claim.
 *
 * Running calls and those of a minute are sorted by when they count no more. A day is a hash of holders' own counts: what was lost with a
 * Redis is there again as soon as each has asked.
 */
export const COUNT_CALLS_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local holder = ARGV[1]
local machines, born = KEYS[1], KEYS[2]
local is_known = redis.call('ZSCORE', machines, holder)
redis.call('SET', born, now, 'NX')
redis.call('PEXPIRE', born, ${GONE_MS})
local is_settled = now - tonumber(redis.call('GET', born)) >= ${SETTLING_MS}
redis.call('ZADD', machines, now + ${GONE_MS}, holder)
redis.call('ZREMRANGEBYSCORE', machines, '-inf', now)
redis.call('PEXPIRE', machines, ${GONE_MS})
local reply = { redis.call('ZCARD', machines), is_known and 1 or 0 }

for index = 2, #ARGV do
  local claim = cjson.decode(ARGV[index])
  local first = 3 + (index - 2) * 3
  local running, minute, day = KEYS[first], KEYS[first + 1], KEYS[first + 2]
  local longest = ${CALL_MINUTE_MS}
  local function begin(call)
    longest = math.max(longest, call.leaseMs + ${CALL_MINUTE_MS})
    redis.call('ZADD', running, now + call.leaseMs, call.id)
    if claim.perMinute then redis.call('ZADD', minute, now + call.leaseMs + ${CALL_MINUTE_MS}, call.id) end
  end
  for _, call in ipairs(claim.running) do begin(call) end
  for _, call in ipairs(claim.ended) do
    redis.call('ZREM', running, call.id)
    if claim.perMinute then redis.call('ZADD', minute, now - call.agoMs + ${CALL_MINUTE_MS}, call.id) end
  end
  for _, id in ipairs(claim.unsent) do
    redis.call('ZREM', running, id)
    redis.call('ZREM', minute, id)
  end
  redis.call('ZREMRANGEBYSCORE', running, '-inf', now)
  redis.call('ZREMRANGEBYSCORE', minute, '-inf', now)
  redis.call('HSET', day, holder, claim.dayCount)

  local run, in_minute = redis.call('ZCARD', running), redis.call('ZCARD', minute)
  local in_day = 0
  for _, count in ipairs(redis.call('HVALS', day)) do in_day = in_day + tonumber(count) end
  -- Nobody knows on which day a call reaches its source that runs over midnight.
  for _, id in ipairs(redis.call('ZRANGE', running, 0, -1)) do
    if string.sub(id, 1, #claim.day) ~= claim.day then in_day = in_day + 1 end
  end

  local granted = 0
  if claim.wants and is_known and is_settled and run < claim.concurrent
    and (not claim.perMinute or in_minute < claim.perMinute)
    and (not claim.perDay or in_day < claim.perDay) then
    granted = 1
    begin(claim.wants)
    redis.call('HINCRBY', day, holder, 1)
    run, in_day = run + 1, in_day + 1
    if claim.perMinute then in_minute = in_minute + 1 end
  end
  local minute_in = 0
  local oldest = redis.call('ZRANGE', minute, 0, 0, 'WITHSCORES')
  if oldest[2] then minute_in = math.max(1, math.ceil(tonumber(oldest[2]) - now)) end
  redis.call('PEXPIRE', running, longest)
  redis.call('PEXPIRE', minute, longest)
  redis.call('PEXPIRE', day, ${DAY_KEPT_MS})
  for _, value in ipairs({ granted, run, in_minute, minute_in, in_day }) do reply[#reply + 1] = value end
end
return reply
`;
