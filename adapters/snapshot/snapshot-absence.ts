import { type SourceError, SourceMalformed, SourceUnavailable } from '../source-error.js';

/** Why nothing of an interface is served. @param isBroken there is a version, but it is not what was written. */
export function snapshotAbsence(name: string, { isBroken }: { readonly isBroken: boolean }): SourceError {
  if (isBroken) {
    return new SourceMalformed(`Cannot read the snapshot of ${name}: what is kept is not what was written`, {
      detail: '快照已损坏，将重新读取。 The snapshot is damaged and will be read again.',
    });
  }
  return new SourceUnavailable(
    `Cannot read the snapshot of ${name}: it must have been read once, but was not`,
    { detail: '尚未完成首次读取。 The source has not been read as a whole yet.' },
  );
}
