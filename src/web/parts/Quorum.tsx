import { Icon } from './Icon.tsx'

interface Props {
  /** 半数以上, 超过半数, 三分之二以上 … */
  title: string
  /** ⌈21 ÷ 2⌉, as the rule's own formula gives it. */
  formula: string
  need: number
  got: number
  /** 实到, 同意 … */
  gotName: string
  /** What the base is: 有表决权应到会党员. */
  baseName?: string
  /** Words of the verdict; 达到规定人数 and 差 n 人 when left out. */
  met?: string
  notMet?: string
}

/** 算式: whether enough came or agreed, with the whole computation. */
export function Quorum({ title, formula, need, got, gotName, baseName, met = '达到规定人数', notMet }: Props) {
  const enough = got >= need
  return (
    <p className="quorum">
      <span className={`status ${enough ? 'song' : 'zhe'}`}>
        <Icon name={enough ? 'tick' : 'cross'} size={15} />
        {enough ? met : (notMet ?? `差 ${need - got} 人，未达到规定人数`)}
      </span>
      <span className="t3">
        {baseName ? `${baseName}的` : ''}
        {title} = <Formula text={formula} /> = {need}，{gotName} {got}
      </span>
    </p>
  )
}

const BRACKET = /([⌈⌊])([^⌉⌋]*)[⌉⌋]/

/** A formula whose rounding brackets are drawn, since many fonts lack them, and spoken in words. */
export function Formula({ text }: { text: string }) {
  const match = BRACKET.exec(text)
  if (!match) return <>{text}</>
  const up = match[1] === '⌈'
  return (
    <>
      {text.slice(0, match.index)}
      <span className={up ? 'round-up' : 'round-down'}>
        {match[2]}
        <span className="hidden-text">，{up ? '向上取整' : '向下取整'}</span>
      </span>
      <Formula text={text.slice(match.index + match[0].length)} />
    </>
  )
}
