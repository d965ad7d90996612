-- What the board in Redis does in one piece, as several processes ask at the same time: `claim`,
-- `show`, `leave` and `pupils` of explorer/classroom/board.py, which says what they mean.
--
-- KEYS: by a pupil's key, the page that shows the pupil; when it was seen last; the record; the
-- strokes. ARGV: what to do, the four numbers below, then what is asked for.

local pages, seen, records, strokes = unpack(KEYS)
local away, kept, most, lifetime = unpack(ARGV, 2, 5)
local clock = redis.call("TIME")
local now = clock[1] + clock[2] / 1000000

local function forget(key)
  redis.call("HDEL", pages, key)
  redis.call("ZREM", seen, key)
  redis.call("HDEL", records, key)
  redis.call("HDEL", strokes, key)
end

local function is_here(key)
  local last = redis.call("ZSCORE", seen, key)
  return redis.call("HEXISTS", pages, key) == 1 and tonumber(last) > now - away
end

-- No clock was ever ahead: what says so was not written here.
local function forget_old()
  for _, range in ipairs({{"-inf", now - kept}, {now + 60, "+inf"}}) do
    for _, key in ipairs(redis.call("ZRANGEBYSCORE", seen, range[1], range[2])) do forget(key) end
  end
end

-- Whether one more has room: who has been away for longest makes it.
local is_full = false
local function has_room()
  if redis.call("ZCARD", seen) < tonumber(most) then return true end
  if is_full then return false end
  for _, key in ipairs(redis.call("ZRANGE", seen, 0, -1)) do
    if not is_here(key) then
      forget(key)
      return true
    end
  end
  is_full = true
  return false
end

local function claim(key, page)
  if not redis.call("ZSCORE", seen, key) and not has_room() then return {"full", ""} end
  redis.call("HSET", pages, key, page)
  redis.call("ZADD", seen, now, key)
  return {"shown", redis.call("HGET", records, key) or ""}
end

local function show(key, page, record, drawing)
  local shown_by = redis.call("HGET", pages, key)
  if not shown_by then return "unknown" end
  if shown_by ~= page then return "elsewhere" end
  redis.call("ZADD", seen, now, key)
  if record ~= "" then
    redis.call("HSET", records, key, record)
    redis.call("HSET", strokes, key, drawing)
  end
  return redis.call("HEXISTS", records, key) == 1 and "shown" or "unknown"
end

local function leave(key, page, for_good)
  if redis.call("HGET", pages, key) ~= page then return "elsewhere" end
  redis.call("HDEL", pages, key)
  if for_good == "1" then forget(key) end
  return "shown"
end

local function pupils()
  local found = {}
  for _, key in ipairs(redis.call("ZRANGEBYSCORE", seen, now - away, now + 60)) do
    if redis.call("HEXISTS", pages, key) == 1 and redis.call("HEXISTS", records, key) == 1 then
      table.insert(found, key)
      table.insert(found, redis.call("HGET", records, key))
    end
  end
  return found
end

local action = ARGV[1]
if action == "pupils" then return pupils() end
if action == "claim" then forget_old() end
local takes = ({claim = {claim, 2}, show = {show, 4}, leave = {leave, 3}})[action]
local answers = {}
for at = 6, #ARGV, takes[2] do
  table.insert(answers, takes[1](unpack(ARGV, at, at + takes[2] - 1)))
end
for _, key in ipairs(KEYS) do redis.call("EXPIRE", key, lifetime) end
return answers
