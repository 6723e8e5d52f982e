// Where lanes lie: stretches from top to bottom, one for each lane, so that as few steps as can be lie in another's.
const ROOM = 24;
// Steps that stand no further apart than this are in one row.
const ONE_ROW = 40;

const middle = ({ y, height }) => y + height / 2;
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

// laneOf(step): its own lane, null for what is nobody's work; ways: the lines, which lie inside as well. Answers the
// bands, and the steps outside their own.
export function banded(steps, ways, laneOf) {
  const owned = steps.map((step) => ({ step, lane: laneOf(step) })).filter(({ lane }) => lane).sort((one, other) => middle(one.step) - middle(other.step));
  if (!owned.length) return { bands: [], outside: [] };
  const byLane = Map.groupBy(owned, ({ lane }) => lane);
  const order = [...byLane.keys()].sort((one, other) => height(byLane.get(one)) - height(byLane.get(other)));
  const mayCut = owned.map(({ step }, index) => !index || middle(step) - middle(owned[index - 1].step) > ONE_ROW);
  const cuts = cutsOf(owned.map(({ lane }) => order.indexOf(lane)), order.length, [...mayCut, true]);
  const parts = order.map((lane, index) => ({ lane, members: owned.slice(cuts[index], cuts[index + 1]).map(({ step }) => step) })).filter(({ members }) => members.length);
  const outside = parts.flatMap(({ lane, members }) => members.filter((step) => laneOf(step) !== lane));
  return { bands: placed(parts, [...steps.flatMap(corners), ...ways.flatMap(({ waypoints }) => waypoints)]), outside };
}

// Borders stay where they were seen as long as they do as well: they would run away before a step that is moved bit by
// bit.
export function kept(before, steps, laneOf, fresh) {
  const isSame = before.length === fresh.bands.length && before.every(({ lane }, index) => lane === fresh.bands[index].lane);
  if (!isSame || !before.length) return fresh;
  const borders = before.slice(1).map(({ y }) => y);
  const [top, bottom] = [fresh.bands[0].y, fresh.bands.at(-1).y + fresh.bands.at(-1).height];
  if (Math.min(...borders) <= top || Math.max(...borders) >= bottom) return fresh;
  const edges = [top, ...borders, bottom];
  const bands = fresh.bands.map((band, index) => ({ ...band, y: edges[index], height: edges[index + 1] - edges[index] }));
  const isIn = (step, { y, height }) => y <= middle(step) && middle(step) < y + height;
  const outside = steps.filter((step) => laneOf(step) && !bands.some((band) => band.lane === laneOf(step) && isIn(step, band)));
  return outside.length <= fresh.outside.length ? { bands, outside } : fresh;
}

const height = (members) => median(members.map(({ step }) => middle(step)));

// Ranks from top to bottom, cut into as many stretches as there are ranks: with the fewest that lie in another's.
// mayCut: by place, whether a stretch may begin there; not within a row.
function cutsOf(ranks, count, mayCut) {
  let best = Array.from({ length: ranks.length + 1 }, (_, end) => ({ cost: wrong(ranks, 0, end, 0), cuts: [0, end] }));
  for (let rank = 1; rank < count; rank += 1) {
    const next = [];
    let chosen = { cost: Infinity };
    for (let end = 0; end <= ranks.length; end += 1) {
      // Either this one lies in the stretch of its rank as well, or the stretch begins here.
      if (end) chosen = { ...chosen, cost: chosen.cost + (ranks[end - 1] === rank ? 0 : 1) };
      if (mayCut[end] && best[end].cost < chosen.cost) chosen = best[end];
      next.push({ cost: chosen.cost, cuts: [...chosen.cuts.slice(0, rank + 1), end] });
    }
    best = next;
  }
  return best[ranks.length].cuts;
}

const wrong = (ranks, start, end, rank) => ranks.slice(start, end).filter((each) => each !== rank).length;

const corners = ({ x, y, width, height }) => [{ x, y }, { x: x + width, y: y + height }];

// points: what lies in all of them together
function placed(parts, points) {
  const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const borders = parts.slice(1).map(({ members }, index) => between(parts[index].members, members));
  const edges = [top - ROOM, ...borders, bottom + ROOM];
  return parts.map(({ lane }, index) => ({ lane, x: left - ROOM, width: right - left + 2 * ROOM, y: edges[index], height: edges[index + 1] - edges[index] }));
}

const between = (above, below) => {
  const [low, high] = [Math.max(...above.map((step) => step.y + step.height)), Math.min(...below.map((step) => step.y))];
  return low <= high ? (low + high) / 2 : (Math.max(...above.map(middle)) + Math.min(...below.map(middle))) / 2;
};
