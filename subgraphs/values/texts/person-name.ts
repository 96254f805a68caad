/** Surnames of two characters that are still met. */
const COMPOUND_SURNAMES = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 淳于 达奚 褚师'.split(
    ' ',
  ),
);

/**
 * A person's name as others may read it: the surname, and a star for each further character.
 * 张三 → 张*, 张三丰 → 张**, 欧阳修 → 欧阳*, 阿布都·热合曼 → 阿****** (the dot gives away how names are built).
 * A name that arrives masked stays so; one of a single character is hidden altogether.
 */
export function maskPersonName(name: string): string {
  const characters = [...name];
  const surname = characters.slice(0, 2).join('');
  const shown = characters.length > 2 && COMPOUND_SURNAMES.has(surname) ? 2 : characters.length > 1 ? 1 : 0;
  return characters.map((character, index) => (index < shown ? character : '*')).join('');
}
