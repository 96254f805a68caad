import type { Message } from '../message.js';

/** How a message fared. */
export type Delivery =
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'failed';
      /** For the log and metrics; names neither host nor secret. */
      readonly reason: string;
      /** The other side wants to be left alone for so long; null: it does not say. */
      readonly pauseMs: number | null;
    };

/** Sends messages to one address. */
export interface Channel {
  /** Never rejects. */
  send(message: Message): Promise<Delivery>;
  /** Cuts what is under way. */
  close(): Promise<void>;
}
