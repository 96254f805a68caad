/** Carries out a plan over bytes, a step at a time: see `../plan-layout.ts`. Each step says by `doubt` whether it is done. */

import { DOUBT_ERRORS, NO_DOUBT } from '../layout';
import { PLAN_ROOT_AT, PLAN_ROOT_SHAPE_AT, REGION_ROOT_AT } from '../plan-layout';
import { takeEntities } from './entities';
import { gather } from './gather';
import { attach } from './known';
import { newObject } from './records';
import { enter, leave, regionWord, setRegionWord, take } from './region';
import { doubt, program, recordOf, refuse } from './reply';
import { room, settle } from './room';
import { writeSubjects } from './subjects';
import { writeObject } from './write';

export { askedCount } from './gather';

/** What was written last. */
export let writtenStart: usize = 0;
export let writtenEnd: usize = 0;

/** Begins a request, whose region has the place of its program and of its free memory. @returns one of `DOUBT_…`. */
export function beginPlan(region: usize): i32 {
  enter(region);
  setRegionWord(REGION_ROOT_AT, newObject(recordOf(program, PLAN_ROOT_SHAPE_AT)));
  leave();
  return doubt;
}

/** @returns a place of the request's memory for so many bytes, or 0. */
export function reserve(region: usize, bytes: usize): usize {
  enter(region);
  const place = take((bytes + 15) & ~15);
  leave();
  return place;
}

/** Writes the variables of a request for entities. @returns the record of what is asked for, or 0. */
export function gatherEntities(region: usize, request: usize): usize {
  enter(region);
  const asked = gather(program + request);
  endWriting();
  leave();
  return asked;
}

/** Adds a reply to what is known. @param asked 0 for fields of the root. @param data record of the reply's `data`. */
export function takeReply(region: usize, asked: usize, data: usize): i32 {
  enter(region);
  if (data === 0) refuse(DOUBT_ERRORS);
  else if (asked === 0) attach(regionWord(REGION_ROOT_AT), data);
  else takeEntities(asked, data);
  leave();
  return doubt;
}

/** Writes the answer's `data`. */
export function writeAnswer(region: usize): i32 {
  enter(region);
  writeObject(regionWord(REGION_ROOT_AT), recordOf(program, PLAN_ROOT_AT));
  endWriting();
  leave();
  return doubt;
}

/** Writes what names the subjects of the answer, as a JSON list. */
export function writeNames(region: usize): i32 {
  enter(region);
  writeSubjects();
  endWriting();
  leave();
  return doubt;
}

function endWriting(): void {
  const length = settle();
  writtenStart = room;
  writtenEnd = room + length;
  if (doubt !== NO_DOUBT) writtenEnd = room;
}
