import { randomFor } from '../../random.js';
import { complaintProgress } from '../hotline/complaint-progress.js';
import { momentText } from '../moments.js';
import { makePerson } from '../people/make-persons.js';
import { drawPlaceNear } from '../places.js';
import { townshipOf } from '../townships.js';
import type { CountyEvent } from '../world.js';
import { nameOfSubject, type WorldBase } from '../world-base.js';
import type { EventPlan } from './event-plan.js';
import { eventText } from './event-texts.js';
import { drawCell, drawGrid } from './grids.js';

/** About a kilometre around where a township's people live. */
const NEAR_E6 = 9_000;

/** The n-th event; a pure function of seed, plan and index. */
export function makeEvent(base: WorldBase, index: number, plan: EventPlan): CountyEvent {
  const random = randomFor(base.seed, 'event', index);
  const { heldBy, source, category, department, township, target, ticket, inspection } = plan;
  const followed = inspection !== null || plan.case !== null;
  const targetName = ticket?.targetName ?? (target === null ? null : nameOfSubject(base, target));
  const reporter = makePerson(base.seed, random.int(0, base.persons.length - 1));
  const words = eventText(random, category, targetName, { index, reporter });
  const road = random.pick(townshipOf(township).roads);
  const at = drawPlaceNear(random, townshipOf(township), NEAR_E6);
  const grid = drawGrid(random, township, category === 'FISHERY');
  const cell = drawCell(random, township);
  const { satisfaction: _callers, ...progress } = complaintProgress(random, base, plan.created, followed);
  return {
    ...{ index, heldBy, source, category, department, township, target, targetName },
    number: numberOf(plan, index),
    content: ticket?.content ?? words,
    place: ticket?.place ?? `${townshipOf(township).name}${road}${random.int(1, 399)}号附近`,
    grid: heldBy === 'police' ? null : heldBy === 'city' ? cell : grid,
    ...at,
    ...progress,
    ...{ complaint: ticket?.index ?? null, inspection, case: plan.case },
  };
}

/** `SJ` with township and day; `J330922` with day and second; `CG` with day; a running number each. */
function numberOf({ heldBy, township, created }: EventPlan, index: number): string {
  const moment = momentText(created).replace(/[^0-9]/g, '');
  const running = String(index + 1).padStart(6, '0');
  switch (heldBy) {
    case 'grassroots':
      return `SJ${township}${moment.slice(0, 8)}${running}`;
    case 'police':
      return `J330922${moment}${running}`;
    case 'city':
      return `CG${moment.slice(0, 8)}${running}`;
  }
}
