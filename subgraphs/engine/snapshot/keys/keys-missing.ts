import { SourceUnavailable } from '../../../../adapters/source-error.js';

/** Where keys come from cannot be read to its end: what was read before serves on. */
export class KeysMissing extends SourceUnavailable {
  /** The interface that keys come from. */
  readonly source: string;

  constructor(source: string, cause?: unknown) {
    super(`Cannot read the keys of ${source}: it must be readable to its end, but is not`, {
      detail: `标识取自 ${source}，目前无法完整读取。 The keys come from ${source}, which cannot be read to its end now.`,
      ...(cause !== undefined && { cause }),
    });
    this.source = source;
  }
}
