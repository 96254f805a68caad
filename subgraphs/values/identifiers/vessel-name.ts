import { only } from '../quality.js';
import { withoutBlanks } from '../texts/cell-text.js';
import { CLEAN } from '../value-codec.js';
import { type IdentifierReading, unread } from './identifier.js';

/** Short names of the archipelago's counties: as painted on the bow, in pinyin, and what is written instead. */
const COUNTIES = [
  { name: '嵊', long: '嵊泗', pinyin: ['SHENGSI', 'SHENG'] },
  { name: '岱', long: '岱山', pinyin: ['DAISHAN', 'DAI'] },
  { name: '普', long: '普陀', pinyin: ['PUTUO', 'PU'] },
  { name: '定', long: '定海', pinyin: ['DINGHAI', 'DING'] },
];

/** What kind of fishing vessel: catching, aquaculture, refrigerated, carrier, oil, water, command, leisure, processing. */
const KINDS = [
  { word: '养', pinyin: 'YANG' },
  { word: '冷', pinyin: 'LENG' },
  { word: '运', pinyin: 'YUN' },
  { word: '油', pinyin: 'YOU' },
  { word: '水', pinyin: 'SHUI' },
  { word: '指', pinyin: 'ZHI' },
  { word: '休', pinyin: 'XIU' },
  { word: '加', pinyin: 'JIA' },
];

const KIND_WORDS = KINDS.map((kind) => kind.word).join('');
/** One character of the coast's provinces, then the county's name. */
const NAME = new RegExp(
  `^([浙苏沪闽粤鲁辽冀津桂琼]\\p{Script=Han}{1,2})渔([${KIND_WORDS}]?)([0-9]{5})$`,
  'u',
);
const PINYIN = new RegExp(
  `^ZHE(${COUNTIES.flatMap((county) => county.pinyin).join('|')})YU(${KINDS.map((kind) => kind.pinyin).join('|')})?([0-9]{5})$`,
);

/**
 * Names of merchant vessels: 浙海156, 嵊泗客8. Two characters or more and a short number; five digits without 渔
 * are a fishing vessel's name that lost it, and perhaps another's.
 */
const MERCHANT = /^\p{Script=Han}{2,8}[0-9]{1,4}$/u;
/** Sums and remarks of a list, and fishing vessels whose number lost a digit. */
const NO_MERCHANT =
  /[渔鱼魚漁]|^(?:合计|小计|总计|共计|备注|序号|编号|第|共)|[艘条只页号年月日第路街弄室栋幢楼村镇区]$/u;

/** Whether a text is a canonical 船名号: `浙嵊渔90007`, `浙嵊渔冷90088`, `浙海156`. */
export function isVesselName(text: string): boolean {
  const match = NAME.exec(text);
  return match === null ? isMerchantName(text) : shortPort(match[1] ?? '') === match[1];
}

function isMerchantName(text: string): boolean {
  return MERCHANT.test(text) && !NO_MERCHANT.test(text.replace(/[0-9]+$/, ''));
}

/**
 * Reads a vessel's name and number in any of the spellings of domain §2.0.5, upper-case pinyin of AIS included.
 * The typo 鱼 for 渔 is repaired; half a port (`嵊渔90007`) stays unresolved, it may be another county's vessel.
 */
export function readVesselName(text: string): IdentifierReading {
  const fishing = readFishingVesselName(text);
  if (fishing.value !== null) return fishing;
  const bare = bareName(text);
  return isMerchantName(bare) ? { value: bare, quality: CLEAN } : fishing;
}

/** The same for a column in which names are strays: nearly every word with a number could be a merchant's name. */
export function readFishingVesselName(text: string): IdentifierReading {
  const bare = bareName(text);
  const pinyin = PINYIN.exec(bare);
  if (pinyin !== null) return { value: fromPinyin(pinyin), quality: CLEAN };
  const spelt = bare.replace(/[鱼魚漁](?=[^鱼魚漁渔]?[0-9])/, '渔');
  const match = NAME.exec(spelt);
  if (match === null) return unread(bare);
  const [, port = '', kind = '', number = ''] = match;
  return {
    value: `${shortPort(port)}渔${kind}${number}`,
    quality: spelt === bare ? CLEAN : only('ID_REPAIRED'),
  };
}

function bareName(text: string): string {
  return (
    withoutBlanks(text.normalize('NFKC'))
      .toUpperCase()
      // Former names are another vessel's today.
      .replace(/\((?:原|曾用)[^()]*\)$/, '')
      .replace(/\((\d{5})\)$/, '$1')
      .replace(/[-·.'"“”]|@+$/g, '')
      .replace(/(?<=\d)[号號轮船]$/, '')
  );
}

function shortPort(port: string): string {
  const county = COUNTIES.find(({ long }) => port === `浙${long}`);
  return county === undefined ? port : `浙${county.name}`;
}

function fromPinyin([, port, kind, number = '']: RegExpExecArray): string {
  const county = COUNTIES.find(({ pinyin }) => pinyin.some((word) => word === port));
  const word = KINDS.find(({ pinyin }) => pinyin === kind)?.word ?? '';
  return `浙${county?.name ?? ''}渔${word}${number}`;
}
