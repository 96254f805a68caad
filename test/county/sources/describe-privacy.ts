import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import { itemOf } from '../../../demo/oracle/canonical-id.js';
import { idCard15 } from '../../../demo/stores/dirt/dirt.js';
import type { StoredCounty } from '../stored-county.js';
import { readList } from './read-list.js';

/** Telephones and citizen numbers, the old ones too, of everybody in the county. */
function personalNumbers({ world }: StoredCounty): ReadonlySet<string> {
  return new Set(
    world.persons.flatMap(({ phone, idNo }) => [
      phone,
      idNo,
      ...(idNo.slice(6, 8) === '19' ? [idCard15(idNo)] : []),
    ]),
  );
}

const LENGTHS = [11, 15, 18];

/** Those of the numbers that stand anywhere in a text, also within longer rows of digits. */
function numbersWithin(text: string, numbers: ReadonlySet<string>): readonly string[] {
  const runs = text.match(/[0-9]{11,}[Xx]?/g) ?? [];
  return runs.flatMap((run) =>
    LENGTHS.flatMap((length) =>
      Array.from({ length: Math.max(0, run.length - length + 1) }, (_, at) =>
        run.slice(at, at + length),
      ).filter((part) => numbers.has(part.toUpperCase())),
    ),
  );
}

/** Every field of a type that needs no argument; of objects their leaves, unless they are left out. */
function everyField(type: GraphQLObjectType, without: readonly string[]): string {
  return Object.values(type.getFields())
    .filter(({ name, args }) => args.length === 0 && !without.includes(name))
    .flatMap(({ name, type: wrapped }) => {
      const named = getNamedType(wrapped);
      if (isLeafType(named)) return [name];
      if (!isObjectType(named)) return [];
      const leaves = Object.values(named.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
      return leaves.length === 0 ? [] : [`${name} { ${leaves.map((leaf) => leaf.name).join(' ')} }`];
    })
    .join(' ');
}

/** What a ticket or an event knows of its caller, reporter and grid worker stays with the platform. */
export function describePrivacy(county: () => StoredCounty): void {
  it('nothing that is told of events names who reported them, a telephone or a citizen', async () => {
    const { executor, world } = county();
    const type = executor.apiSchema.getType('Event');
    if (!isObjectType(type)) throw new Error('no Event');
    const events = [...world.events];
    const numbers = personalNumbers(county());
    expect(events.filter(({ content }) => numbersWithin(content, numbers).length > 0).length).toBeGreaterThan(
      50,
    );

    const selection = `${everyField(type, ['complaint', 'inspection', 'case', 'subject', 'grassroots'])}
      grassroots { handler steps { organisation remark } }`;
    const nodes = await readList<{ readonly number: string }>(county(), 'events', '{}', selection);
    expect(nodes.length).toBeGreaterThan(700);
    expect(numbersWithin(JSON.stringify(nodes), numbers)).toEqual([]);

    const known = new Map(nodes.map((node) => [node.number, JSON.stringify(node)]));
    for (const { number, index, content, targetName } of events) {
      const { name } = itemOf(world.persons, index % world.persons.length);
      if (!`${content} ${targetName}`.includes(name)) expect(known.get(number)).not.toContain(name);
    }
  }, 60_000);

  it('nothing that is told of tickets names the caller, a telephone or a citizen', async () => {
    const { executor, world } = county();
    const type = executor.apiSchema.getType('Complaint');
    if (!isObjectType(type)) throw new Error('no Complaint');
    const complaints = [...world.complaints];
    const numbers = personalNumbers(county());
    const told = complaints.filter(({ content }) => numbersWithin(content, numbers).length > 0);
    expect(told.length).toBeGreaterThan(50);

    // What followed comes from other departments, who know no callers.
    const selection = everyField(type, ['inspection', 'case']);
    expect(selection).toContain('content');
    expect(selection).toContain('hotline { ');
    const nodes = await readList<{ readonly number: string }>(county(), 'complaints', '{}', selection);
    expect(numbersWithin(JSON.stringify(nodes), numbers)).toEqual([]);

    const known = new Map(nodes.map((node) => [node.number, JSON.stringify(node)]));
    for (const { ticketNumber, index, content, targetName } of complaints) {
      const caller = itemOf(world.persons, index % world.persons.length);
      if (`${content} ${targetName}`.includes(caller.name)) continue;
      expect(known.get(ticketNumber)).not.toContain(caller.name);
    }
  }, 60_000);
}
