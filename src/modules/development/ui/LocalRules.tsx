import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Api } from '../../../platform.ts'

type Rule = Api['development.localRules']['output']['items'][number]

const WORDS = {
  notice: { title: '备案、接收、转正前先公示', off: '没有规定，公示了的照样登记', figure: '不少于几个工作日', usual: '5' },
  again: { title: '表决没有通过的，隔一段时间再上会', off: '没有规定，只显示上次的结果', figure: '几个月内不再上会', usual: '6' },
} as const

/** What the unit itself asks beside the rules of the Party, each with the paper that says so. */
export function LocalRules({ org }: { org: { id: string; name: string } }) {
  const { data, error, refetch } = useRead('development.localRules', { orgId: org.id })
  const [setting, setSetting] = useState<Rule | null>(null)
  return (
    <section className="card" aria-label="本单位的规定">
      <header>
        <h2>本单位的规定</h2>
        <span className="small t3">细则没有写的，各单位自己定；写明依据，对下级都适用</span>
      </header>
      <div className="inside">
        {error && <ErrorCard error={error} again={refetch} />}
        {!data && !error && <Skeleton lines={3} />}
        <ul className="stack">
          {data?.items.map((r) => (
            <li key={r.rule} className="row wrap">
              <span className="grow">
                <span className="strong">{WORDS[r.rule].title}</span>
                <br />
                <span className="small t2">{saysOf(r)}</span>
              </span>
              {data.can.set && (
                <button type="button" className="button small" onClick={() => setSetting(r)}>
                  {r.isOn ? '改定' : '规定'}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
      {setting && <RuleForm org={org} rule={setting} onClose={() => setSetting(null)} />}
    </section>
  )
}

function saysOf({ rule, isOn, days, months, source, orgName }: Rule): string {
  if (!isOn) return orgName ? `${orgName}已停用（${source}）` : WORDS[rule].off
  const figure = rule === 'notice' ? `公示不少于 ${days} 个工作日` : `${months} 个月内不再上会`
  return `${figure}；${source}，${orgName}定`
}

function RuleForm({ org, rule, onClose }: { org: { id: string; name: string }; rule: Rule; onClose: () => void }) {
  const words = WORDS[rule.rule]
  const [isOn, setOn] = useState<'yes' | 'no'>(rule.isOn || rule.version === 0 ? 'yes' : 'no')
  const [figure, setFigure] = useState(String(rule.days ?? rule.months ?? words.usual))
  const [source, setSource] = useState(rule.source)
  const input = () => {
    if (!/^\d{1,2}$/.test(figure.trim())) return '请填整数'
    if (!source.trim()) return '请写明是哪个文件规定的'
    const n = Number(figure)
    const given = rule.rule === 'notice' ? { days: n } : { months: n }
    return { orgId: org.id, rule: rule.rule, version: rule.version, isOn: isOn === 'yes', ...given, source }
  }
  return (
    <PanelForm
      name="development.setLocalRule"
      open
      onClose={onClose}
      kicker={org.name}
      title={words.title}
      note="从存入起对这里和下级的支部适用，以前办的不重新算"
      input={input}
      submit="存入规定"
      done="规定已存入"
    >
      {(problems) => (
        <>
          <Segments label="现在" value={isOn} options={{ yes: '执行', no: '停用' }} onChange={setOn} />
          <TextLine label={words.figure} value={figure} onChange={setFigure} problem={problems.days ?? problems.months} max={2} />
          <TextLine label="依据（哪个文件）" value={source} onChange={setSource} problem={problems.source} max={200} />
        </>
      )}
    </PanelForm>
  )
}
