import type { Random } from '../../random.js';

const SURNAMES = [
  ...'陈陈陈王王王李李张张金金林林周周徐胡杨沈方夏何郑叶虞刘吴董邵姜潘戴柴洪顾乐余俞'.split(''),
  '欧阳',
];
const GIVEN = [...'海波军明华国平建伟芳英丽燕红飞永康世杰定方文龙根良善岳志忠信松宏亮娟琴亚珍素君'];
const BRANDS = [...'海晏碧蓝东沙泗礁银滩金泰和顺恒达丰利祥兴隆永盛安宏远洋帆澜汐湾渔歌舟鸥鲸星'];

/** A person's name of two or three characters, now and then with a surname of two. */
export function drawPersonName(random: Random): string {
  const given = random.chance(0.35) ? random.pick(GIVEN) : random.pick(GIVEN) + random.pick(GIVEN);
  return random.pick(SURNAMES) + given;
}

/** The part of a firm's name that is its own; longer ones are needed where a county has many firms. */
export function drawBrand(random: Random, length: number): string {
  let brand = '';
  while (brand.length < length) brand += random.pick(BRANDS);
  return brand;
}

/** What stands over the door: the name without the county, the township and the legal form. */
export function signOf(name: string): string {
  return name.replace(/^嵊泗县(.{2}[镇乡])?/, '').replace(/(有限公司|有限责任公司|专业合作社)$/, '');
}
