import { useEffect, useState } from 'react'
import { momentText } from '#web/text.ts'
import type { Slip } from '../officersContract.ts'

export interface Paper {
  title: string
  slips: Slip[]
  until: string
  left?: { name: string; problem: string }[]
  /** The same list as .xlsx, base64. */
  sheet?: string
}

/** The slips to print and cut. Shown once: the server keeps no code. */
export function SlipPaper({ paper, onClose }: { paper: Paper; onClose: () => void }) {
  const { title, slips, until, left = [], sheet } = paper
  const href = useFile(sheet)
  const place = location.host
  return (
    <div className="inside stack">
      <div className="note hu slip-note">
        <p className="grow">
          下面的码只显示这一次，离开后看不到了。请现在打印{sheet && '或存成表格'}，当面交给本人。{momentText(until)} 前有效。
        </p>
        <button type="button" className="button primary" onClick={() => print()}>
          打印 {slips.length} 张
        </button>
        {href && (
          <a className="button" href={href} download={`开通条-${title}.xlsx`}>
            存成 Excel
          </a>
        )}
        <button type="button" className="button" onClick={onClose}>
          已经收好，离开
        </button>
      </div>
      <ul className="slips">
        {slips.map((slip) => (
          <li key={slip.accountId}>
            <b>{slip.name}</b> <span className="small t2">{slip.orgName ?? title}</span>
            <dl>
              <dt>网址</dt>
              <dd>{place}</dd>
              <dt>账号</dt>
              <dd>{slip.login}</dd>
              <dt>开通码</dt>
              <dd className="mono slip-code">{slip.code}</dd>
            </dl>
            <p className="small t2">打开网址，点「第一次登录，用开通码」，设自己的密码。只能用一次，{momentText(until)} 前有效。</p>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <section className="slip-note">
          <h2 className="slip-left">没有发到的 {left.length} 人</h2>
          <ul className="lines">
            {left.map(({ name, problem }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
              <li key={i}>
                <b>{name}</b> <span className="small t2">{problem}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** An address for the file as long as the page shows it. */
function useFile(base64: string | undefined): string | undefined {
  const [href, setHref] = useState<string>()
  useEffect(() => {
    if (!base64) return
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const made = URL.createObjectURL(new Blob([bytes], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }))
    setHref(made)
    return () => URL.revokeObjectURL(made)
  }, [base64])
  return href
}
