/** Where and how a trail is not what was written. */
export interface TrailBreak {
  readonly segment: number;
  /** From 1; 0: the segment as a whole. */
  readonly line: number;
  readonly kind: BreakKind;
  /** What is wrong, Chinese first. */
  readonly message: string;
}

export type BreakKind = keyof typeof BREAK_WORDS;

/** Kinds of breaks, and what each says to people. */
export const BREAK_WORDS = {
  changed: '该行内容与其哈希不符，已被改动。The line does not fit its hash: it was changed.',
  dropped: '此处缺少若干行。Lines before this one are missing.',
  swapped: '行的先后次序不对。Lines do not stand in their order.',
  truncated: '原件在此处中断，副本中还有后续内容。The trail ends here, but its copy goes on.',
  torn: '最后一行不完整。The last line is not whole.',
  forged:
    '检查点签名不符：此前的内容被改动后重算了哈希，或签名密钥不同。The signature of the checkpoint does not fit: lines before it were changed and hashed again, or another key signed.',
  unsigned:
    '末尾的记录没有检查点签名：进程曾被强行终止，或检查点被删除。The last records are not signed: the process was killed, or checkpoints were removed.',
  'segment-missing': '缺少此段。The segment is missing.',
  'head-wrong': '段首行不符合其文件名或上一段。The head does not fit the file or the segment before.',
  'copy-differs': '副本与原件不一致。The copy differs from the trail.',
  'copy-behind': '副本缺少此处之后的内容。The copy lacks what follows here.',
} as const;

export function trailBreak(segment: number, line: number, kind: BreakKind): TrailBreak {
  return { segment, line, kind, message: BREAK_WORDS[kind] };
}
