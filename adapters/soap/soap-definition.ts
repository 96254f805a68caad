import type { AskedObject } from '../web/asked-object.js';

/** An operation, as the block `soap` of a mapping defines it. */
export interface SoapDefinition extends AskedObject {
  readonly kind: 'soap';
  readonly path: string;
  readonly version: '1.1' | '1.2';
  /** SOAPAction of 1.1, `action` of 1.2. */
  readonly action: string;
  /** Namespace of the operation's element. */
  readonly namespace: string;
  /** Name of the operation's element. */
  readonly operation: string;
  /**
   * Content of the operation's element: XML with `{placeholders}` for parameters, for `user` and `password` of the
   * connection, and for `request`. Values are escaped.
   */
  readonly body: string;
  /** An XML document of its own that `{request}` in `body` stands for, escaped into a text (`query(String xml)`). */
  readonly request?: string;
}
