import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { gradeUscc, isUscc } from '../../../subgraphs/values/identifiers/uscc.js';
import { DEPARTMENTS } from '../../world/departments.js';
import { institutionOf } from './supervision-institutions.js';

const schemaFolder = path.join(import.meta.dirname, '../../../schema');
const { codes } = z
  .object({
    codes: z.array(
      z.object({ code: z.string(), label: z.string(), value: z.string(), aliases: z.array(z.string()) }),
    ),
  })
  .parse(parse(readFileSync(path.join(schemaFolder, 'codes/county/department-institution.yaml'), 'utf8')));

describe('institutionOf()', () => {
  it('knows a body for every department of the canonical schema, and the code list agrees', () => {
    const canonical = readFileSync(path.join(schemaFolder, 'canonical.graphql'), 'utf8');
    const body = /enum Department \{([^}]*)\}/.exec(canonical)?.[1] ?? '';
    const departments = [...body.matchAll(/^ {2}([A-Z_]+)$/gm)].flatMap(([, name]) =>
      name === undefined || name === 'UNKNOWN' ? [] : [name],
    );
    expect(departments.length).toBeGreaterThan(20);
    expect(codes.map((entry) => entry.value).sort()).toEqual([...departments].sort());
    for (const entry of codes) {
      const { uscc, name, spellings } = institutionOf(entry.value);
      expect([uscc, name]).toEqual([entry.code, entry.label]);
      expect(entry.aliases).toEqual(expect.arrayContaining([...spellings]));
    }
  });

  it('gives codes whose check characters are right, inside and out, and no two alike', () => {
    for (const { code } of codes) expect([code, isUscc(code), gradeUscc(code)]).toEqual([code, true, 'full']);
    expect(new Set(codes.map((entry) => entry.code)).size).toBe(codes.length);
  });

  it('has the codes with which the world begins its case codes', () => {
    for (const { department, uscc } of DEPARTMENTS)
      expect([department, institutionOf(department).uscc]).toEqual([department, uscc]);
  });

  it('refuses a department without a body', () => {
    expect(() => institutionOf('UNKNOWN')).toThrow('UNKNOWN must be a Department');
  });
});
