WITH nearby AS (
  SELECT place, km, near, reference, geom, greatest(0, ceil(metres / 1000 - reach_km))::int AS least_radius_km FROM (
    SELECT searched.id AS place, searched.reference, offered.geom, 0::float8 AS near, offered.reach_km,
      ST_Distance(searched.reference, ST_SetSRID(ST_MakePoint(%(x)s::float8, %(y)s::float8), 25832)) AS metres,
      ceil(ST_Distance(searched.reference, ST_SetSRID(ST_MakePoint(%(x)s::float8, %(y)s::float8), 25832)) / 1000)::int AS km
    FROM (
      SELECT geom, ST_MaxDistance(geom, reference) / 1000 AS reach_km FROM place_area
      WHERE id = %(place)s::int OFFSET 0) offered
    JOIN place_area searched
      ON searched.reference && ST_Expand(offered.geom, (SELECT max(radius_km) FROM published_search) * 1000)
    WHERE searched.level = 4
    OFFSET 0) way
  WHERE metres / 1000 - reach_km <= (SELECT max(radius_km) FROM published_search)
  OFFSET 0),
scored AS MATERIALIZED (
  SELECT id, km, near, published, a, b, unclear, coalesce(2 * a * b / nullif(a + b, 0), 0) AS joint FROM (
    SELECT s.id, nearby.km, nearby.near, s.published,
      (CASE WHEN s.training IS NULL THEN %(open_training)s::int WHEN s.training >= %(own_wish_training_min)s THEN %(full_training)s::int WHEN s.training = %(own_wish_training_min_below)s THEN %(half_training)s::int ELSE 0 END
        + CASE WHEN s.equity IS NULL THEN %(open_equity)s::int WHEN s.equity >= %(own_wish_equity_min)s THEN %(full_equity)s::int WHEN s.equity = %(own_wish_equity_min_below)s THEN %(half_equity)s::int ELSE 0 END) / %(own_total)s::float8 AS a,
      coalesce((s.weight_distance * CASE WHEN nearby.km <= s.wish_km THEN 1000::float8 WHEN nearby.km < 2 * s.wish_km THEN 1000::float8 * (2 - nearby.km / s.wish_km::float8) ELSE 0 END
        + s.weight_takeover * %(open_takeover)s::int
        + s.weight_start * %(open_start)s::int
        + s.weight_price * %(open_price)s::int
        + s.weight_land_rent * %(open_land_rent)s::int
        + s.weight_premises_rent * %(open_premises_rent)s::int
        + s.weight_instalments * %(open_instalments)s::int
        + s.weight_area * CASE WHEN %(own_area_ha)s IS NULL THEN %(open_area)s::int WHEN (%(own_area_ha)s >= s.wish_area_min) IS NOT FALSE AND (%(own_area_ha)s <= s.wish_area_max) IS NOT FALSE THEN 1000 WHEN (%(own_area_ha)s >= s.wish_area_min - 1) IS NOT FALSE AND (%(own_area_ha)s <= s.wish_area_max + 1) IS NOT FALSE THEN 500 ELSE 0 END
        + s.weight_land_use * %(open_land_use)s::int
        + s.weight_soil * %(open_soil)s::int
        + s.weight_contiguity * %(open_contiguity)s::int
        + s.weight_access * %(open_access)s::int
        + s.weight_water * %(open_water)s::int
        + s.weight_organic * %(open_organic)s::int
        + s.weight_livestock * %(open_livestock)s::int
        + s.weight_trade * %(open_trade)s::int
        + s.weight_dwelling * CASE WHEN %(own_dwelling_rooms)s IS NULL THEN %(open_dwelling)s::int WHEN %(own_dwelling_rooms)s >= s.wish_dwelling_min THEN 1000 WHEN s.wish_dwelling_min = %(own_dwelling_rooms_above)s THEN 500 ELSE 0 END
        + s.weight_school * %(open_school)s::int
        + s.weight_transition * %(open_transition)s::int
        + s.weight_trial_year * %(open_trial_year)s::int
        + s.weight_mentoring * %(open_mentoring)s::int) / (nullif(s.weight_sum, 0) * 1000::float8), 1) AS b,
      nearby.km > s.radius_km OR s.training IS NULL OR s.must & %(silent)s::int <> 0 AS unclear
    FROM nearby
      JOIN published_search s ON s.place = nearby.place AND s.radius_km >= nearby.least_radius_km
        AND (s.radius_km >= nearby.km OR ST_Distance(nearby.reference, nearby.geom) <= s.radius_km * 1000)
    WHERE s.kinds & %(kind)s::int <> 0
      AND (s.training >= %(own_wish_training_min)s) IS NOT FALSE
      AND (s.must = 0 OR ((s.must & 1 = 0 OR nearby.km <= s.wish_km) IS NOT FALSE
      AND (s.must & 128 = 0 OR CASE WHEN s.wish_area_min IS NOT NULL OR s.wish_area_max IS NOT NULL THEN %(own_area_ha)s >= coalesce(s.wish_area_min, %(own_area_ha)s) AND %(own_area_ha)s <= coalesce(s.wish_area_max, %(own_area_ha)s) END) IS NOT FALSE
      AND (s.must & 65536 = 0 OR %(own_dwelling_rooms)s >= s.wish_dwelling_min) IS NOT FALSE))
    OFFSET 0) pair),
best AS (
  (SELECT * FROM scored WHERE NOT unclear AND joint >= coalesce((SELECT joint FROM scored WHERE NOT unclear ORDER BY joint DESC OFFSET %(rows_0)s::int - 1 LIMIT 1), 0) - 1e-9 LIMIT %(most_0)s::int) UNION ALL 
  (SELECT * FROM scored WHERE unclear AND joint >= coalesce((SELECT joint FROM scored WHERE unclear ORDER BY joint DESC OFFSET %(rows_1)s::int - 1 LIMIT 1), 0) - 1e-9 LIMIT %(most_1)s::int))
SELECT best.km, best.unclear, s.*
FROM best best JOIN published_search s ON s.id = best.id

-- x = 660000.0
-- y = 5880000.0
-- kind = 2
-- place = 17
-- silent = 2031486
-- rows_0 = 20
-- most_0 = 121
-- rows_1 = 20
-- most_1 = 121
-- full_training = 5000
-- half_training = 2500
-- open_training = 2500
-- own_wish_training_min = 2
-- own_wish_training_min_below = 1
-- full_equity = 1000
-- half_equity = 500
-- open_equity = 500
-- own_wish_equity_min = 2
-- own_wish_equity_min_below = 1
-- own_total = 6000.0
-- open_distance = 500
-- open_takeover = 500
-- open_start = 500
-- open_price = 500
-- open_land_rent = 500
-- open_premises_rent = 500
-- open_instalments = 500
-- open_area = 500
-- own_area_ha = 18
-- open_land_use = 500
-- open_soil = 500
-- open_contiguity = 500
-- open_access = 500
-- open_water = 500
-- open_organic = 500
-- open_livestock = 500
-- open_trade = 500
-- open_dwelling = 500
-- own_dwelling_rooms = 2
-- own_dwelling_rooms_above = 3
-- open_school = 500
-- open_transition = 500
-- open_trial_year = 500
-- open_mentoring = 500
