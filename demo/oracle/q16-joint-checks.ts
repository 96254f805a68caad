import { type JointTask, jointTasksOf } from '../world/joint/make-joint-tasks.js';
import type { World } from '../world/world.js';

interface JointChecksOfDepartment {
  readonly planned: number;
  readonly done: number;
  readonly avoided: number;
  readonly problems: number;
}

/** Question 16: joint checks of a time, both days included, by participating department. */
export function jointChecksByDepartment(
  world: World,
  from: string,
  to: string,
): ReadonlyMap<string, JointChecksOfDepartment> {
  const tasks = jointTasksOf(world).filter(
    ({ date, state }) => from <= date && date <= to && state !== 'CANCELLED',
  );
  const departments = new Set(
    tasks.flatMap(({ participants }) => participants.map(({ department }) => department)),
  );
  return new Map(
    [...departments].map((department) => {
      const own = tasks.filter(({ participants }) =>
        participants.some((each) => each.department === department),
      );
      const done = own.filter(({ state }) => state === 'DONE');
      const sum = (of: (task: JointTask) => number) => done.reduce((total, task) => total + of(task), 0);
      return [
        department,
        {
          planned: own.length,
          done: done.length,
          avoided: sum(({ participants }) => participants.length - 1),
          problems: sum(({ problems }) => problems),
        },
      ];
    }),
  );
}
