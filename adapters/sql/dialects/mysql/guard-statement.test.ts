import { guardStatement, readServer, settingsOf } from './guard-statement.js';

const facts = (version: string, autocommit = 1) => [{ version, connection: 7, autocommit }];

test('MariaDB guards a read by its own text, in a transaction only where nothing else would end one', () => {
  const server = readServer(facts('10.11.6-MariaDB-0+deb12u1'));
  expect(server).toMatchObject({ flavour: 'mariadb', connectionId: 7, needsTransaction: false });
  expect(readServer(facts('10.11.6-MariaDB', 0)).needsTransaction).toBe(true);
  expect(settingsOf(server)).toEqual([]);
  expect(guardStatement('SELECT 1', 3500, server)).toBe(
    "SET STATEMENT tx_read_only = 1, max_statement_time = 4, sql_mode = 'NO_ENGINE_SUBSTITUTION', time_zone = '+08:00' FOR SELECT 1",
  );
});

test('MySQL guards a read by a transaction and hints', () => {
  const server = readServer(facts('8.0.36'));
  expect(server).toMatchObject({ flavour: 'mysql', needsTransaction: true, hasHints: true });
  expect(settingsOf(server)).toEqual([]);
  expect(guardStatement('SELECT t.`a` FROM `x` AS t', 7000, server)).toBe(
    "SELECT /*+ MAX_EXECUTION_TIME(8000) SET_VAR(sql_mode = 'NO_ENGINE_SUBSTITUTION') SET_VAR(time_zone = '+08:00') */ t.`a` FROM `x` AS t",
  );
});

test('a MySQL whose hints cannot set the zone is told for the session', () => {
  const server = readServer(facts('8.0.16-log'));
  expect(settingsOf(server)).toContain("SET SESSION time_zone = '+08:00'");
  expect(guardStatement('SELECT 1', 500, server)).toBe('SELECT /*+ MAX_EXECUTION_TIME(1000) */ 1');
  expect(readServer(facts('9.1.0')).hasHints).toBe(true);
});
