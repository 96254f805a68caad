import { z } from 'zod';
import type { InterfaceInfo } from '../feed.js';
import { interfaceInfos } from '../feed-messages.js';

/** Raised when a hub that knows the messages of before would read those of now wrongly, or the reverse. */
export const COUNTY_VERSION = 1;

/** A hub among its own counties would tell of more of them at every contact. */
const MAX_LEVELS = 4;

/** A county as the hub above it names it. */
export interface CountyName {
  /** Lower-case letters, digits and dashes; of one below another county `zhoushan/shengsi`. */
  readonly code: string;
  /** For people: 嵊泗县. */
  readonly title: string;
}

/** A township, and the county that it belongs to: by code, null of the county's own. */
export interface CountyTownship {
  /** Nine digits. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly otherNames: readonly string[];
  readonly county: string | null;
}

/** What a county says of itself to the hub above it. */
export interface CountyDescription {
  readonly version: typeof COUNTY_VERSION;
  /** Tells whether people's numbers are hashed by the same key, and does not give it away. */
  readonly personKeyDigest: string;
  readonly interfaces: readonly InterfaceInfo[];
  readonly townships: readonly CountyTownship[];
  /** Counties below it. */
  readonly counties: readonly CountyName[];
}

const countyName = z.object({ code: z.string(), title: z.string() });
const description = z.object({
  version: z.literal(COUNTY_VERSION),
  personKeyDigest: z.string(),
  interfaces: interfaceInfos
    .refine(
      (infos) => new Set(infos.map(({ name }) => name)).size === infos.length,
      'names of interfaces must be unique',
    )
    .refine(
      (infos) => infos.every(({ name }) => name.split('/').length <= MAX_LEVELS),
      `counties may be nested ${MAX_LEVELS} deep; is the hub among its own counties?`,
    ),
  townships: z.array(
    z.object({
      code: z.string(),
      zh: z.string(),
      en: z.string(),
      otherNames: z.array(z.string()),
      county: z.string().nullable(),
    }),
  ),
  counties: z.array(countyName),
});

/** Why what a county says of itself cannot be used; a sentence for people, Chinese first. */
export class CountyUnusable extends Error {
  override readonly name = 'CountyUnusable';
}

/** @throws {CountyUnusable} on a description of another version, with kinds unknown here, or under another key. */
export function readCountyDescription(answer: unknown, personKeyDigest: string): CountyDescription {
  const version = z.object({ version: z.number() }).safeParse(answer).data?.version;
  if (version !== undefined && version !== COUNTY_VERSION) {
    throw new CountyUnusable(
      `对方的版本为 ${version}，本级为 ${COUNTY_VERSION}。It speaks version ${version}, this hub ${COUNTY_VERSION}.`,
    );
  }
  const read = description.safeParse(answer);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join('.') ?? '';
    throw new CountyUnusable(
      `${place} 无法识别。What it says of itself cannot be read at ${place}: ${issue?.message ?? ''}.`,
    );
  }
  if (read.data.personKeyDigest === personKeyDigest) return read.data;
  throw new CountyUnusable(
    '人员散列密钥（personKey）与本级不同，无法辨认同一个人。Its personKey is not that of this hub: nobody could tell who is the same person.',
  );
}
