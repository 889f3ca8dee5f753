/** An entered value in words, whatever its shape. */
export function inputText(input: any): string {
  const say = WORDS[input?.kind as string]
  return say ? say(input) + (input.note ? `（${input.note}）` : '') : '未填'
}

const WORDS: Record<string, (input: any) => string> = {
  figure: (i) => (i.outOf ? `${i.quantity} / ${i.outOf}` : i.quantity),
  steps: (i) => (i.done.length > 0 ? `做到：${i.done.join('、')}` : '各步都没有做到'),
  label: (i) => i.label,
  told: (i) => (i.happened ? '是' : '否'),
  reviews: (i) => i.reviews.map((r: any) => `${r.who} ${r.marks} 分${r.text ? `（${r.text}）` : ''}`).join('；'),
  ballots: (i) =>
    i.ballots
      .map(
        (b: any) =>
          `${b.who ?? ''} ${Object.entries(b.counts)
            .map(([answer, n]) => `${answer} ${n} 票`)
            .join('、')}`,
      )
      .join('；'),
  results: (i) => i.results.map((r: any) => `${r.period}：${r.score ?? '缺'} / ${r.outOf}`).join('；'),
  events: (i) =>
    i.events.length > 0
      ? i.events
          .map((e: any) => [e.matter, e.level, e.marks && `${e.marks} 分`, e.times && `${e.times} 次`].filter(Boolean).join(' '))
          .join('；')
      : '没有',
  notApplicable: (i) => `不适用：${i.reason}`,
}
