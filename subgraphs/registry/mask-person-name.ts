const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 令狐 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 西门 第五'.split(
    ' ',
  ),
);

/** The surname, and a star for every character of the given name: 张*, 欧阳**. A masked name stays as it is. */
export function maskPersonName(name: string): string {
  const characters = [...name.trim()];
  const compound = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join(''));
  const shown = compound ? 2 : 1;
  return characters.map((character, index) => (index < shown ? character : '*')).join('');
}
