import { generateWorld } from '../../world/generate-world.js';
import { jointTasksOf } from '../../world/joint/make-joint-tasks.js';
import { subjectName } from '../subject-code.js';
import { decodedRows, refsOfSubject } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { jointParticipantStore, jointStore } from './joint.js';
import { planNameOf } from './task-table.js';

describe.each([1, 2, 3, 4, 5])('the platform of joint checks after the mappings, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const tasks = jointTasksOf(world);
  const officerOf = (index: number) => itemAt(world.officers, index);

  it('holds every task exactly once, as the world knows it', () => {
    const rows = decodedRows(jointStore(world), 'joint/task.yaml');
    const facts = tasks.map((task, place) => {
      const { participants, subject, state } = task;
      const done = state === 'DONE';
      const refs = refsOfSubject(world, subject);
      const shown = rows[place]?.subject ?? '';
      return {
        subject: refs.includes(shown) ? shown : refs[0],
        department: participants[0].department,
        number: task.number,
        plan: task.plan,
        planName: planNameOf(task),
        scenario: task.scenario,
        date: task.date,
        state,
        participants: participants.map(({ department }) => department),
        items: participants.map(({ itemCode }) => itemCode),
        officers: participants.flatMap(({ officers }) => officers.map((each) => officerOf(each).name)),
        equipment: [...task.equipment],
        township: task.township,
        visitsPlanned: participants.length,
        visitsAvoided: done ? participants.length - 1 : null,
        problems: done ? task.problems : null,
        objectName: subjectName(world, subject),
      };
    });
    expect(tasks.filter(({ state }) => state === 'DONE').length).toBeGreaterThan(1);
    expect(rows.map((row) => rowFacts(row, facts[0] ?? {}))).toEqual(facts);
  });

  it('holds the part of every department', () => {
    const facts = tasks.flatMap(({ participants }) =>
      participants.map(({ department, itemCode, officers, result, submittedAt }) => ({
        department,
        itemCode,
        officers: officers.map((each) => officerOf(each).name),
        certNos: officers.map((each) => officerOf(each).certNo),
        result,
        submittedAt,
      })),
    );
    const rows = decodedRows(jointParticipantStore(world), 'joint/participant.yaml', 'participants');
    expect(rows.map((row) => rowFacts(row, facts[0] ?? {}))).toEqual(facts);
    expect(rows.flatMap(({ quality }) => quality)).toEqual([]);
  });

  it('fits its columns', () => {
    expect([jointStore(world), jointParticipantStore(world)].flatMap(cellsTooLong)).toEqual([]);
  });
});

it('makes one task of every joint visit', () => {
  const world = generateWorld({ seed: 5, size: 'small' });
  const visits = [...world.inspections].filter(({ jointCheck, subject }) => jointCheck && subject !== null);
  const done = jointTasksOf(world).filter(({ state }) => state === 'DONE');
  const parts = done.reduce((sum, { participants }) => sum + participants.length, 0);
  expect(parts).toBe(visits.length);
  expect(new Set(jointTasksOf(world).map(({ number }) => number)).size).toBe(jointTasksOf(world).length);
});
