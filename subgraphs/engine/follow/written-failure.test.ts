import {
  ColumnMissing,
  CredentialsRefused,
  SourceMalformed,
  SourceRejected,
  SourceTimeout,
  SourceTooLarge,
  SourceUnavailable,
} from '../../../adapters/source-error.js';
import { KeysMissing } from '../snapshot/keys/keys-missing.js';
import { readFailure, writeFailure } from './written-failure.js';

const MORE = { detail: '一句话。 A sentence.', filterBy: ['a'] };

describe('writeFailure() and readFailure()', () => {
  it.each([
    new SourceUnavailable('m', MORE),
    new SourceTimeout('m', MORE),
    new SourceRejected('m', MORE),
    new CredentialsRefused('m', MORE),
    new ColumnMissing('m', MORE),
    new SourceMalformed('m', MORE),
    new SourceTooLarge('m'),
    new KeysMissing('cases.case'),
    new Error('m'),
  ])('give the same failure in another process: %s', (error) => {
    const read = readFailure(structuredClone(writeFailure(error)));
    expect(read).toEqual(error);
    expect(read.constructor).toBe(error.constructor);
    expect({ ...read }).toEqual({ ...error });
  });
});
