WITH nearby AS (
  SELECT place, km, CASE WHEN km <= %(own_wish_km)s THEN %(full_distance)s::float8 WHEN km < 2 * %(own_wish_km)s THEN %(full_distance)s::float8 * (2 - km / %(own_wish_km)s::float8) ELSE 0 END AS near FROM (
    SELECT id AS place, ceil(ST_Distance(reference, ST_SetSRID(ST_MakePoint(%(x)s::float8, %(y)s::float8), 25832)) / 1000)::int AS km
    FROM place_area
    WHERE geom && ST_MakeEnvelope(%(side_0)s::float8, %(side_1)s::float8, %(side_2)s::float8, %(side_3)s::float8, 25832)
      AND (ST_Distance(reference, ST_SetSRID(ST_MakePoint(%(x)s::float8, %(y)s::float8), 25832)) <= %(metres)s::float8 OR ST_Distance(geom, ST_SetSRID(ST_MakePoint(%(x)s::float8, %(y)s::float8), 25832)) <= %(metres)s::float8)
    OFFSET 0) touched
  OFFSET 0),
scored AS MATERIALIZED (
  SELECT id, km, near, published, a, b, unclear, coalesce(2 * a * b / nullif(a + b, 0), 0) AS joint FROM (
    SELECT o.id, nearby.km, nearby.near, o.published,
      (nearby.near
        + CASE WHEN o.area_ha IS NULL THEN %(open_area)s::int WHEN o.area_ha >= %(own_wish_area_min)s THEN %(full_area)s::int WHEN o.area_ha = %(own_wish_area_min_below)s THEN %(half_area)s::int ELSE 0 END
        + CASE WHEN o.dwelling_rooms IS NULL THEN %(open_dwelling)s::int WHEN o.dwelling_rooms >= %(own_wish_dwelling_min)s THEN %(full_dwelling)s::int WHEN o.dwelling_rooms = %(own_wish_dwelling_min_below)s THEN %(half_dwelling)s::int ELSE 0 END
        + CASE WHEN o.mentoring IS NULL THEN %(open_mentoring)s::int WHEN o.mentoring = 1 THEN %(full_mentoring)s::int ELSE 0 END) / %(own_total)s::float8 AS a,
      coalesce((o.weight_training * CASE WHEN %(own_training)s IS NULL THEN %(open_training)s::int WHEN %(own_training)s >= o.wish_training_min THEN 1000 WHEN o.wish_training_min = %(own_training_above)s THEN 500 ELSE 0 END
        + o.weight_experience * %(open_experience)s::int
        + o.weight_licence * %(open_licence)s::int
        + o.weight_equity * CASE WHEN %(own_equity)s IS NULL THEN %(open_equity)s::int WHEN %(own_equity)s >= o.wish_equity_min THEN 1000 WHEN o.wish_equity_min = %(own_equity_above)s THEN 500 ELSE 0 END
        + o.weight_financing * %(open_financing)s::int
        + o.weight_concept * %(open_concept)s::int
        + o.weight_labour * %(open_labour)s::int
        + o.weight_successor_start * %(open_successor_start)s::int
        + o.weight_shared_time * %(open_shared_time)s::int
        + o.weight_trial_ready * CASE WHEN %(own_trial_ready)s IS NULL THEN %(open_trial_ready)s::int WHEN %(own_trial_ready)s = 1 THEN 1000 ELSE 0 END
        + o.weight_residence * %(open_residence)s::int
        + o.weight_keep_staff * %(open_keep_staff)s::int
        + o.weight_keep_animals * %(open_keep_animals)s::int
        + o.weight_organic_plan * %(open_organic_plan)s::int
        + o.weight_open_farm * %(open_open_farm)s::int
        + o.weight_direct_sale * %(open_direct_sale)s::int) / (nullif(o.weight_sum, 0) * 1000::float8), 1) AS b,
      nearby.km > %(radius_km)s::int OR o.dwelling_rooms IS NULL OR o.must & %(silent)s::int <> 0 AS unclear
    FROM nearby CROSS JOIN unnest(%(kinds)s::smallint[]) AS wanted(kind)
      JOIN published_offer o ON o.place = nearby.place AND o.kind = wanted.kind
    WHERE true
      AND (o.dwelling_rooms >= %(own_wish_dwelling_min)s) IS NOT FALSE
      AND (o.must = 0 OR ((o.must & 1 = 0 OR %(own_training)s >= o.wish_training_min) IS NOT FALSE
      AND (o.must & 8 = 0 OR %(own_equity)s >= o.wish_equity_min) IS NOT FALSE
      AND (o.must & 512 = 0 OR %(own_trial_ready)s = 1) IS NOT FALSE))
    OFFSET 0) pair),
best AS (
  (SELECT * FROM scored WHERE NOT unclear AND joint >= coalesce((SELECT joint FROM scored WHERE NOT unclear ORDER BY joint DESC OFFSET %(rows_0)s::int - 1 LIMIT 1), 0) - 1e-9) UNION ALL 
  (SELECT * FROM scored WHERE unclear AND joint >= coalesce((SELECT joint FROM scored WHERE unclear ORDER BY joint DESC OFFSET %(rows_1)s::int - 1 LIMIT 1), 0) - 1e-9)),
tied AS (
  SELECT * FROM (
    SELECT *, rank() OVER (PARTITION BY unclear, a, b, own_low, other_low ORDER BY published) AS place_in_tie
    FROM (
      SELECT nearby.id, nearby.km, nearby.published, nearby.a, nearby.b, nearby.unclear,
        (nearby.near
        + CASE WHEN o.area_ha IS NULL THEN 0 WHEN o.area_ha >= %(own_wish_area_min)s THEN %(full_area)s::int WHEN o.area_ha = %(own_wish_area_min_below)s THEN %(half_area)s::int ELSE 0 END
        + CASE WHEN o.dwelling_rooms IS NULL THEN 0 WHEN o.dwelling_rooms >= %(own_wish_dwelling_min)s THEN %(full_dwelling)s::int WHEN o.dwelling_rooms = %(own_wish_dwelling_min_below)s THEN %(half_dwelling)s::int ELSE 0 END
        + CASE WHEN o.mentoring IS NULL THEN 0 WHEN o.mentoring = 1 THEN %(full_mentoring)s::int ELSE 0 END) / %(own_total)s::float8 AS own_low,
        coalesce((o.weight_training * CASE WHEN %(own_training)s IS NULL THEN 0 WHEN %(own_training)s >= o.wish_training_min THEN 1000 WHEN o.wish_training_min = %(own_training_above)s THEN 500 ELSE 0 END
        + o.weight_equity * CASE WHEN %(own_equity)s IS NULL THEN 0 WHEN %(own_equity)s >= o.wish_equity_min THEN 1000 WHEN o.wish_equity_min = %(own_equity_above)s THEN 500 ELSE 0 END
        + o.weight_trial_ready * CASE WHEN %(own_trial_ready)s IS NULL THEN 0 WHEN %(own_trial_ready)s = 1 THEN 1000 ELSE 0 END) / (nullif(o.weight_sum, 0) * 1000::float8), 1) AS other_low
      FROM best nearby JOIN published_offer o ON o.id = nearby.id) lowest) ranked
  WHERE place_in_tie <= %(rows_of_a_tie)s::int)
SELECT best.km, best.unclear, o.*
FROM tied best JOIN published_offer o ON o.id = best.id

-- radius_km = 25
-- x = 660000.0
-- y = 5880000.0
-- side_0 = 635000.0
-- side_1 = 5855000.0
-- side_2 = 685000.0
-- side_3 = 5905000.0
-- metres = 25000.0
-- full_distance = 5000.0
-- own_wish_km = 10
-- kinds = [0, 1]
-- silent = 65014
-- rows_0 = 20
-- rows_1 = 20
-- rows_of_a_tie = 20
-- full_area = 3000
-- half_area = 1500
-- own_wish_area_min = 9
-- own_wish_area_min_below = 8
-- full_dwelling = 5000
-- half_dwelling = 2500
-- own_wish_dwelling_min = 2
-- own_wish_dwelling_min_below = 1
-- full_mentoring = 1000
-- half_mentoring = 500
-- own_total = 14000.0
-- own_training = 2
-- own_training_above = 3
-- own_equity = 2
-- own_equity_above = 3
-- own_trial_ready = 1
-- open_area = 1500
-- open_dwelling = 2500
-- open_mentoring = 500
-- open_training = 500
-- open_experience = 500
-- open_licence = 500
-- open_equity = 500
-- open_financing = 500
-- open_concept = 500
-- open_labour = 500
-- open_successor_start = 500
-- open_shared_time = 500
-- open_trial_ready = 500
-- open_residence = 500
-- open_keep_staff = 500
-- open_keep_animals = 500
-- open_organic_plan = 500
-- open_open_farm = 500
-- open_direct_sale = 500
