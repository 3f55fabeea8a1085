-- How many units each caller took in the last minute, shared by all instances. The key is a digest, which tells nobody
-- whose it is, so no tenant's rule is needed. Unlogged: a crash of the server forgets a minute, and nothing waits for a
-- disk. The six parts of the window are kept by the second, so that the window slides and what it admits is exact.
create unlogged table rate_window (
  key        text        primary key,
  -- Seconds since 1970 in which units were taken, rising, and how many.
  seconds    bigint[]    not null,
  units      integer[]   not null,
  touched_at timestamptz not null
);
create index rate_window_touched on rate_window (touched_at);

-- The time that counts, whichever instance asks.
create function rate_clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- Takes up to wants[i] units, at least costs[i] or none, of each key. A unit is leased for a second at most and taken at
-- some moment of a second: it counts for 62 seconds, so that every minute of use is covered. Callers name the keys in
-- one order, so that no two wait for each other.
create function take_units(of_keys text[], limits integer[], costs integer[], wants integer[])
returns table (granted integer, taken integer, at_second bigint, oldest bigint, wait_millis bigint)
language plpgsql as $$
declare
  kept_seconds bigint[];
  kept_units   integer[];
  ahead        integer;
begin
  for i in 1 .. cardinality(of_keys) loop
    loop
      select w.seconds, w.units into kept_seconds, kept_units
        from rate_window w where w.key = of_keys[i] for update;
      exit when found;
      insert into rate_window values (of_keys[i], '{}', '{}', now()) on conflict do nothing;
    end loop;
    -- Read behind the lock, and never behind what another wrote: the clock may step back.
    at_second := greatest(
      floor(extract(epoch from rate_clock()))::bigint, kept_seconds[cardinality(kept_seconds)]);
    select coalesce(array_agg(t.s order by t.s), '{}'), coalesce(array_agg(t.u order by t.s), '{}'),
           coalesce(sum(t.u), 0)
      into kept_seconds, kept_units, taken
      from unnest(kept_seconds, kept_units) as t (s, u) where t.s > at_second - 62 and t.u > 0;
    granted := least(wants[i], limits[i] - taken);
    wait_millis := 0;
    if granted < costs[i] then
      granted := 0;
      ahead := taken + costs[i] - limits[i];
      for j in 1 .. cardinality(kept_seconds) loop
        wait_millis := ceil((kept_seconds[j] + 62 - extract(epoch from rate_clock())) * 1000);
        ahead := ahead - kept_units[j];
        exit when ahead <= 0;
      end loop;
      wait_millis := greatest(wait_millis, 100);
    else
      if kept_seconds[cardinality(kept_seconds)] = at_second then
        kept_units[cardinality(kept_units)] := kept_units[cardinality(kept_units)] + granted;
      else
        kept_seconds := kept_seconds || at_second;
        kept_units := kept_units || granted;
      end if;
      taken := taken + granted;
      update rate_window w
        set seconds = kept_seconds, units = kept_units, touched_at = now()
        where w.key = of_keys[i];
    end if;
    oldest := kept_seconds[1];
    return next;
  end loop;
end $$;

-- Gives back what was leased in a second and not used.
create function return_units(of_keys text[], of_seconds bigint[], amounts integer[]) returns void
language plpgsql as $$
begin
  for i in 1 .. cardinality(of_keys) loop
    update rate_window w
      set units = coalesce(
        (select array_agg(case when t.s = of_seconds[i] then greatest(t.u - amounts[i], 0) else t.u end order by t.s)
         from unnest(w.seconds, w.units) as t (s, u)), '{}')
      where w.key = of_keys[i];
  end loop;
end $$;
