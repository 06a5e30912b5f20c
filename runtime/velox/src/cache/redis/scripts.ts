// What has to happen in the server in one step, as Lua. Times are the server's own, in milliseconds with fractions, so
// that no two machines have to agree on a clock.

/** A script, and what it is called in messages. */
export interface Script {
  readonly name: string;
  readonly source: string;
}

/**
 * Stores an entry unless a later one is there. The start of its making stands at byte 4 (`codec.ts`).
 * KEYS: entry. ARGV: bytes, milliseconds to live, `new` | `same` (takes the place of one of the same start) | `over`
 * (only where something is there).
 */
export const STORE: Script = {
  name: "store",
  source: `
local old = redis.call('GETRANGE', KEYS[1], 4, 11)
if #old == 8 then
  local was, is = struct.unpack('>d', old), struct.unpack('>d', string.sub(ARGV[1], 5, 12))
  if was > is or (was == is and ARGV[3] ~= 'same') or (was < is and ARGV[3] == 'same') then return 'older' end
elseif ARGV[3] ~= 'new' then
  return 'skipped'
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'stored'`,
};

/**
 * Invalidates tags and tells everybody. Gives the time and the id in the stream.
 * KEYS: stream, then a key for each tag. ARGV: mode, tags as JSON, length of the stream.
 */
export const INVALIDATE: Script = {
  name: "invalidate",
  source: `
local clock = redis.call('TIME')
local time = string.format('%.3f', clock[1] * 1000 + clock[2] / 1000)
for i = 2, #KEYS do
  local old = redis.call('GET', KEYS[i])
  local expire, swr = '0', '0'
  if old then expire, swr = string.match(old, '^(%S+) (%S+)$') end
  if ARGV[1] == 'expire' then expire = time else swr = time end
  redis.call('SET', KEYS[i], expire .. ' ' .. swr)
end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 'm', ARGV[1], 't', time, 'g', ARGV[2])
return {time, id}`,
};

/** Prolongs a lease that is still the caller's. KEYS: lease. ARGV: token, milliseconds. */
export const RENEW: Script = {
  name: "renew",
  source: `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`,
};

/** Gives back a lease that is still the caller's. KEYS: lease. ARGV: token. */
export const RELEASE: Script = {
  name: "release",
  source: `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`,
};
